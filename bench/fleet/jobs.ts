/** What CI jobs cost a server: processor time, memory and disk, for worlds in memory and in a folder. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AUTHORIZATION, type Server, startQuiet, TUNNELS } from '../process.ts'

const JOBS = 300
const AT_ONCE = 10
const TUNNELS_OF_JOB = 5
const LOOKS_OF_JOB = 4
/** For each tunnel a create, a configuration and the looks at it; then the list as often. */
const REQUESTS_OF_JOB = TUNNELS_OF_JOB * (2 + LOOKS_OF_JOB) + TUNNELS_OF_JOB

async function send(url: string, method: string, body?: object): Promise<string> {
  const response = await fetch(url, {
    method,
    headers: AUTHORIZATION,
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`)
  return text
}

/** Creates a world and does in it what the test suite of a small operator does. */
async function runJob(server: Server, id: string): Promise<void> {
  await send(`${server.url}/_mockflared/worlds/${id}`, 'PUT', { from: 'seed' })
  const tunnels = `${server.url}/w/${id}${TUNNELS}`
  for (let nth = 0; nth < TUNNELS_OF_JOB; nth++) {
    const { result } = JSON.parse(await send(tunnels, 'POST', { name: `tunnel-${nth}`, config_src: 'cloudflare' }))
    const config = { ingress: [{ hostname: 'a.example.com', service: 'http://a' }, { service: 'http_status:404' }] }
    await send(`${tunnels}/${result.id}/configurations`, 'PUT', { config })
    for (let look = 0; look < LOOKS_OF_JOB; look++) await send(`${tunnels}/${result.id}`, 'GET')
    await send(tunnels, 'GET')
  }
}

function bytesIn(folder: string): number {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter(entry => entry.isFile())
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
}

interface Cost {
  readonly cpu_ms: number
  readonly memory_kib: number
  readonly disk_kib: number
}

/** Runs jobs that leave their worlds, so that the memory of all of them counts. */
async function costOf(flags: readonly string[], folder?: string): Promise<Cost> {
  const server = await startQuiet('--seed', 'every-status', '--max-worlds', '1000', ...flags)
  await runJob(server, 'warm-up')
  const before = await server.usage()
  let next = 0
  const client = async (): Promise<void> => {
    while (next < JOBS) await runJob(server, `job-${next++}`)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, client))
  const after = await server.usage()
  await server.stop()
  return {
    cpu_ms: (after.cpu_us - before.cpu_us) / 1_000 / JOBS,
    memory_kib: (after.rss_bytes - before.rss_bytes) / 1_024 / JOBS,
    disk_kib: folder === undefined ? 0 : bytesIn(folder) / 1_024 / JOBS,
  }
}

/** The rows of a table in Markdown. */
export async function jobsTable(): Promise<readonly string[]> {
  const folder = `${mkdtempSync(join(tmpdir(), 'mockflared-bench-'))}/`
  const rows: [string, Cost][] = [
    ['worlds in memory', await costOf([])],
    ['worlds in memory, `--journal-size 0`', await costOf(['--journal-size', '0'])],
    ['worlds in a folder', await costOf(['--db', folder], folder)],
  ]
  rmSync(folder, { recursive: true, force: true })
  return [
    `| a world and ${REQUESTS_OF_JOB} requests in it | processor time, ms | memory, KiB | disk, KiB |`,
    '| --- | --- | --- | --- |',
    ...rows.map(([name, { cpu_ms, memory_kib, disk_kib }]) => {
      return `| ${name} | ${cpu_ms.toFixed(1)} | ${memory_kib.toFixed(0)} | ${disk_kib.toFixed(0)} |`
    }),
  ]
}
