/** Throughput and processor time of several replicas behind nginx and of worker threads, as ratios to one server. */
import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startBalancer } from '../../test/support/fleet/balancers.ts'
import { AUTHORIZATION, fileAt, freePort, type Server, startQuiet, TUNNELS } from '../process.ts'
import { spreadOf } from '../statistics.ts'

const ROUNDS = 7
const SECONDS = 2
const CONNECTIONS = 30
const WORLDS = 60
const FLAGS = ['--seed', 'every-status', '--max-worlds', '1000']
/** Linux counts processor time in hundredths of a second. */
const TICK_US = 10_000

/** Something that answers requests, and what it costs. */
interface Setup {
  readonly name: string
  readonly url: string
  readonly servers: readonly Server[]
  /** Of the balancer, if there is one. */
  readonly pid?: number
}

interface Sample {
  readonly per_second: number
  /** Processor time of all servers for one request. */
  readonly server_us: number
  readonly balancer_us: number
}

function ticksOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  // The name in parentheses may contain spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return children.reduce((sum, child) => sum + ticksOf(Number(child)), Number(fields[11]) + Number(fields[12]))
}

async function cpuOf({ servers, pid }: Setup): Promise<{ server: number; balancer: number }> {
  const usages = await Promise.all(servers.map(({ usage }) => usage()))
  return {
    server: usages.reduce((sum, { cpu_us }) => sum + cpu_us, 0),
    balancer: pid === undefined ? 0 : ticksOf(pid) * TICK_US,
  }
}

async function measure(setup: Setup): Promise<Sample> {
  const before = await cpuOf(setup)
  const { stdout: output } = await promisify(execFile)('wrk', [
    ...['--threads', '1', '--connections', String(CONNECTIONS), '--duration', `${SECONDS}s`],
    ...['--script', fileAt('fleet/load.lua'), setup.url, '--', String(WORLDS), AUTHORIZATION.authorization],
    `${TUNNELS}?per_page=20`,
  ])
  const after = await cpuOf(setup)
  const { answered, failed, us } = JSON.parse(output.slice(output.lastIndexOf('\n{')))
  if (failed > 0) throw new Error(`${setup.name}: ${failed} of ${answered} requests failed`)
  return {
    per_second: answered / (us / 1e6),
    server_us: (after.server - before.server) / answered,
    balancer_us: (after.balancer - before.balancer) / answered,
  }
}

async function createWorlds({ url }: Setup): Promise<void> {
  for (let nth = 0; nth < WORLDS; nth++) {
    const response = await fetch(`${url}/_mockflared/worlds/job-${nth}`, { method: 'PUT', body: '{"from":"seed"}' })
    // The replica may have it from another setup.
    if (response.status !== 200 && response.status !== 409) throw new Error(await response.text())
  }
}

function setupOf(name: string, server: Server): Setup {
  return { name, url: server.url, servers: [server] }
}

async function startNginx(replicas: readonly Server[], folder: string): Promise<Setup & { stop: () => Promise<void> }> {
  const balancer = `127.0.0.1:${await freePort()}`
  const own = mkdtempSync(join(folder, 'nginx-'))
  chmodSync(own, 0o755)
  const places = { balancer, replicas: replicas.map(({ url }) => new URL(url).host), folder: own }
  const { pid, stop } = await startBalancer('nginx', places)
  return { name: `nginx, replicas: ${replicas.length}`, url: `http://${balancer}`, servers: replicas, pid, stop }
}

function ratios(samples: readonly Sample[], base: readonly Sample[], of: keyof Sample): string {
  const { median, low, high } = spreadOf(samples.map((sample, round) => sample[of] / (base[round]?.[of] ?? Number.NaN)))
  return `${median.toFixed(2)} × (${low.toFixed(2)} … ${high.toFixed(2)})`
}

function medianOf(samples: readonly Sample[], of: keyof Sample): string {
  return spreadOf(samples.map(sample => sample[of] / 1_000)).median.toFixed(2)
}

/** The rows of a table in Markdown. */
export async function throughputTable(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mockflared-bench-'))
  chmodSync(folder, 0o755)
  const replicas = await Promise.all(Array.from({ length: 3 }, () => startQuiet(...FLAGS)))
  const balanced = await Promise.all([1, 2, 3].map(count => startNginx(replicas.slice(0, count), folder)))
  const threaded = await Promise.all(['1', '2'].map(count => startQuiet(...FLAGS, '--workers', count)))
  const setups: Setup[] = [
    ...replicas.slice(0, 1).map(server => setupOf('one server', server)),
    ...balanced,
    ...threaded.map((server, nth) => setupOf(`one server, --workers ${nth + 1}`, server)),
  ]
  const samples = new Map<Setup, Sample[]>(setups.map(setup => [setup, []]))
  for (const setup of setups) {
    await createWorlds(setup)
    await measure(setup)
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [setup, measured] of samples) measured.push(await measure(setup))
  }
  await Promise.all([...balanced, ...threaded, ...replicas].map(({ stop }) => stop()))
  rmSync(folder, { recursive: true, force: true })

  const [[, base] = [undefined, []]] = samples
  return [
    '| what | requests a second | processor time of the servers | the same, ms | of nginx, ms |',
    '| --- | --- | --- | --- | --- |',
    ...[...samples].map(([{ name }, measured]) => {
      const compared = [ratios(measured, base, 'per_second'), ratios(measured, base, 'server_us')]
      const absolute = [medianOf(measured, 'server_us'), medianOf(measured, 'balancer_us')]
      return `| ${[name, ...compared, ...absolute].join(' | ')} |`
    }),
  ]
}
