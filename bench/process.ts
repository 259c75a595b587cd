/** Starts servers in processes of their own: the ones we measure and the ones we compare them with. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const ACCOUNT = '699d98642c564d2e855e9661899b7252'
export const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
export const AUTHORIZATION = { authorization: 'Bearer any-token' }

export function fileAt(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}

// What `npm run build` makes. Nothing else in bench/ knows these paths.
export const COMMAND = fileAt('../dist/cli.js')
export const LIBRARY = fileAt('../dist/index.js')

export const NODE_HTTP = fileAt('peers/node-http.cjs')
export const FASTIFY = fileAt('peers/fastify.js')

interface Usage {
  /** Processor time of the whole process since its start. */
  readonly cpu_us: number
  readonly rss_bytes: number
}

export interface Server {
  readonly url: string
  readonly usage: () => Promise<Usage>
  /** Resolves with the milliseconds from SIGTERM to the exit of the process. */
  readonly stop: () => Promise<number>
}

/** Mockflared with its defaults, which include the text log, on a free port. */
export function startDefault(...flags: string[]): Promise<Server> {
  return startServer([COMMAND, '--port', '0', ...flags])
}

/** Mockflared without a log, because the servers we compare it with have none. */
export function startQuiet(...flags: string[]): Promise<Server> {
  return startDefault('--log', 'off', ...flags)
}

export async function startServer(args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, ['--import', fileAt('peers/usage.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  return { url: await urlOf(child), usage: () => usageOf(child), stop: () => stop(child) }
}

/** Milliseconds from the start of a process to its first response, which must be a 200. Stops the process. */
export async function timeToFirstResponse(args: readonly string[], path = TUNNELS): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const status = await statusOf(`${await urlOf(child)}${path}`)
  const elapsed_ms = performance.now() - started
  await stop(child)
  if (status !== 200) throw new Error(`${args.join(' ')} answered ${status}`)
  return elapsed_ms
}

/** Milliseconds that Node takes to run a program, from start to exit. */
export async function timeToExit(program: string): Promise<number> {
  const started = performance.now()
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])
  return performance.now() - started
}

/** Runs a program that prints JSON. */
export async function printedBy(args: readonly string[]): Promise<Record<string, number[]>> {
  return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout)
}

/** For a server that does not accept port 0. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

async function urlOf({ stdout, spawnargs }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('the output of the server is not a pipe')
  for await (const line of createInterface(stdout)) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
    if (url === undefined) continue
    drain(stdout)
    return url
  }
  throw new Error(`${spawnargs.join(' ')} ended before it listened`)
}

/** Reads and drops the rest of the output: a server with a log must not wait for room in its pipe. */
function drain(stream: Readable): void {
  setImmediate(() => stream.resume())
}

/** Uses a connection of its own: one that is kept alive would delay the exit of the server. */
function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, headers: AUTHORIZATION }, response => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
    sent.on('error', reject).end()
  })
}

async function usageOf(child: ChildProcess): Promise<Usage> {
  const reply = once(child, 'message')
  child.send('usage')
  const [{ cpu, rss }] = await reply
  return { cpu_us: cpu.user + cpu.system, rss_bytes: rss }
}

async function stop(child: ChildProcess): Promise<number> {
  const exited = once(child, 'exit')
  const started = performance.now()
  child.kill('SIGTERM')
  await exited
  return performance.now() - started
}
