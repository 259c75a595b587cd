/**
 * `npm run demo:edge`: an emulator with its edge, an origin, and a request to it through a real
 * cloudflared, if one is on the PATH or in CLOUDFLARED_BIN.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import process, { env, stderr, stdout } from 'node:process'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import Cloudflare from 'cloudflare'
import { findNpm, onEnd } from '../src/cli/npm.ts'
import { exportLines } from '../src/cli/variables.ts'
import { resolveSettings } from '../src/config/resolve.ts'
import { createEmulator, type Emulator } from '../src/emulator/emulator.ts'

const NAME = 'shop'
/** A browser resolves it to this machine. */
const HOSTNAME = 'shop.localhost'

/** cloudflared connects within seconds, but some name servers are slow to say that they know nothing. */
const CONNECT_MS = 60_000

/** The lines of cloudflared's log that show what happens; the others are about its host. */
const SHOWN = /Registered tunnel connection|Updated to new configuration|Unauthorized/

function say(...lines: readonly string[]): void {
  stdout.write(`${lines.join('\n')}\n`)
}

/** Returns its port. */
async function startOrigin(): Promise<number> {
  const origin = createServer((_request, response) => response.end('hello from the origin\n')).listen(0, '127.0.0.1')
  origin.unref()
  await once(origin, 'listening')
  return (origin.address() as AddressInfo).port
}

/** As your program would, with the official SDK. */
async function createTunnel({ baseURL, env: { CLOUDFLARE_ACCOUNT_ID: account_id = '' } }: Emulator, service: string) {
  const { cloudflared } = new Cloudflare({ apiToken: 'any-token', baseURL }).zeroTrust.tunnels
  const { id = '' } = await cloudflared.create({ account_id, name: NAME, config_src: 'cloudflare' })
  const ingress = [
    { hostname: HOSTNAME, service },
    { hostname: '', service: 'http_status:404' },
  ]
  await cloudflared.configurations.update(id, { account_id, config: { ingress } })
}

/** Undefined when there is no such program. */
async function startCloudflared(variables: Record<string, string>): Promise<ChildProcess | undefined> {
  const child = spawn(env.CLOUDFLARED_BIN || 'cloudflared', ['tunnel', 'run'], {
    env: { ...env, ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  try {
    await once(child, 'spawn')
  } catch {
    return undefined
  }
  createInterface({ input: child.stderr }).on('line', line => {
    if (SHOWN.test(line)) say(`cloudflared: ${line}`)
  })
  return child
}

/** Asks again until there is a result. */
async function waitFor(read: () => Promise<string | undefined>, problem: string): Promise<string> {
  for (const started = performance.now(); performance.now() - started < CONNECT_MS; await setTimeout(200)) {
    const result = await read()
    if (result !== undefined) return result
  }
  throw new Error(`${problem} after ${CONNECT_MS / 1_000} seconds`)
}

/** Undefined until every connection is open: cloudflared opens one each second. */
async function readHealth({ control }: Emulator): Promise<string | undefined> {
  const [tunnel] = await control.listTunnels()
  return tunnel?.status === 'healthy'
    ? `${tunnel.name} is healthy, with cloudflared ${tunnel.versions.join(', ')}`
    : undefined
}

/** Undefined while cloudflared is not connected, or has no configuration yet. */
async function visit(gateway: string): Promise<string | undefined> {
  const [response] = await once(get(gateway, { headers: { host: HOSTNAME }, agent: false }), 'response')
  const body = (await text(response)).trim()
  return response.statusCode === 200 ? `${response.statusCode} ${body}` : undefined
}

/** What must end with the demo; cloudflared ends before its edge does. */
const closers: (() => unknown)[] = []

async function stop(): Promise<void> {
  for (const close of closers.splice(0).toReversed()) await close()
}

async function demo(): Promise<void> {
  const { options } = resolveSettings({ flag: () => undefined, environment: env })
  const emulator = await createEmulator({ edge_port: 7844, gateway_port: 8080, ...options })
  closers.push(emulator.close)

  const { url, consoleURL, edgeAddress, gatewayURL } = emulator
  const service = `http://127.0.0.1:${await startOrigin()}`
  await createTunnel(emulator, service)
  const variables = await emulator.envOf(NAME)
  const visited = new URL(gatewayURL)
  visited.hostname = HOSTNAME
  say(
    `API      ${url}`,
    `console  ${consoleURL || 'off'}`,
    `edge     ${edgeAddress}, where cloudflared connects`,
    `gateway  ${visited.href}, where visitors connect`,
    `origin   ${service}`,
    '',
    exportLines(variables),
    'cloudflared tunnel run',
    '',
  )
  const child = await startCloudflared(variables)
  if (child) {
    const ended = once(child, 'exit').then(([code]) => say(`cloudflared exited with code ${code}`))
    closers.push(() => child.kill() && ended)
    say('', await waitFor(() => readHealth(emulator), `${NAME} is not healthy`), '')
    say(`$ curl ${visited.href}`, await waitFor(() => visit(gatewayURL), `${visited.href} has no response`), '')
  } else {
    say(
      'There is no cloudflared on the PATH, and CLOUDFLARED_BIN is not set.',
      `Paste the lines above where there is one, then open ${visited.href}`,
      '',
    )
  }
  say('Stop with Ctrl-C.')
}

process.once('SIGINT', () => void stop()).once('SIGTERM', () => void stop())
const npm = findNpm()
if (npm !== undefined) closers.push(onEnd(npm, () => void stop()))
try {
  await demo()
} catch (error) {
  stderr.write(`demo:edge: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
  await stop()
}
