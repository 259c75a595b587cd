/** Servers as processes of their own: those that are measured, and those that they are measured against. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const ACCOUNT = '699d98642c564d2e855e9661899b7252'
export const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
export const AUTHORIZATION = { authorization: 'Bearer any-token' }

export function fileAt(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}

/** The published command: compiled, as `npm install` puts it into a project. */
export const COMMAND = fileAt('../dist/src/cli.cjs')
export const NODE_HTTP = fileAt('peers/node-http.js')
export const NODE_HTTP_COMMONJS = fileAt('peers/node-http.cjs')
export const FASTIFY = fileAt('peers/fastify.js')

interface Usage {
  /** Processor time of the whole process so far, in microseconds. */
  readonly cpu: number
  /** In bytes. */
  readonly rss: number
}

export interface Server {
  readonly url: string
  readonly usage: () => Promise<Usage>
  /** Milliseconds from SIGTERM to the end of the process. */
  readonly stop: () => Promise<number>
}

/** Mockflared as it comes, on a free port, without a log as the others have none. */
export function startMockflared(...flags: string[]): Promise<Server> {
  return startServer([COMMAND, '--port', '0', '--log', 'off', ...flags])
}

export async function startServer(args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, ['--import', fileAt('peers/usage.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  return { url: await urlOf(child), usage: () => usageOf(child), stop: () => stop(child) }
}

/** Milliseconds from the start of a process to the first 200 that it answers. It is stopped afterwards. */
export async function timeToAnswer(args: readonly string[], path = TUNNELS): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const status = await statusOf(`${await urlOf(child)}${path}`)
  const took = performance.now() - started
  await stop(child)
  if (status !== 200) throw new Error(`${args.join(' ')} answered ${status}`)
  return took
}

/** Milliseconds that Node needs for a program, from start to end. */
export async function timeToEnd(program: string): Promise<number> {
  const started = performance.now()
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])
  return performance.now() - started
}

/** What a program says as JSON when it ends. */
export async function told(args: readonly string[]): Promise<Record<string, number[]>> {
  return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout)
}

/** For a server that takes no 0. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

async function urlOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('nobody listens to what it prints')
  for await (const line of createInterface(child.stdout)) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
    if (url === undefined) continue
    child.stdout.resume()
    return url
  }
  throw new Error(`${child.spawnargs.join(' ')} ended before it listened`)
}

/** On a connection of its own: what is kept alive would hold up the end of the server. */
function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent: false, headers: AUTHORIZATION }, response => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
    asked.on('error', reject).end()
  })
}

async function usageOf(child: ChildProcess): Promise<Usage> {
  const answer = once(child, 'message')
  child.send('usage')
  const [{ cpu, rss }] = await answer
  return { cpu: cpu.user + cpu.system, rss }
}

async function stop(child: ChildProcess): Promise<number> {
  const ended = once(child, 'exit')
  const started = performance.now()
  child.kill('SIGTERM')
  await ended
  return performance.now() - started
}
