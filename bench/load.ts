/** Load from another process: wrk with ten connections, each with one request at a time. */
import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { AUTHORIZATION, fileAt, type Server } from './process.ts'

const SCRIPT = fileAt('load.lua')

export function isWrkInstalled(): boolean {
  return spawnSync('wrk', ['--version']).error === undefined
}

export interface Call {
  readonly method?: string
  readonly path: string
  /** `<nth>` in it becomes a different text in each request. */
  readonly body?: string
}

/**
 * Processor time that the server spends on one request, in microseconds, over a second of load. A
 * busy server on one core answers as many requests a second as fit into a million of these. Unlike
 * requests per second, this figure does not depend on what else the machine does.
 */
export async function costOf(server: Server, call: Call): Promise<number> {
  const before = await server.usage()
  const answered = await runWrk(server, call, Number.MAX_SAFE_INTEGER)
  const after = await server.usage()
  return (after.cpu_us - before.cpu_us) / answered
}

/** Sends at least `count` requests; the few that are under way at the end are answered as well. */
export async function send(server: Server, call: Call, count: number): Promise<void> {
  let left = count
  while (left > 0) left -= await runWrk(server, call, left)
}

let runs = 0

/** Runs for a second or until `limit` requests are answered; returns how many were. */
async function runWrk(server: Server, { method = 'GET', path, body }: Call, limit: number): Promise<number> {
  runs += 1
  const { stdout } = await promisify(execFile)('wrk', [
    ...['--threads', '1', '--connections', '10', '--duration', '1s', '--script', SCRIPT, server.url, '--'],
    ...[String(limit), method, AUTHORIZATION.authorization, path],
    ...(body === undefined ? [] : [body.replace('<nth>', `${runs}-<nth>`)]),
  ])
  const { answered, refused, failed } = JSON.parse(stdout.slice(stdout.lastIndexOf('\n{')))
  if (refused > 0 || failed > 0) throw new Error(`${method} ${path}: ${refused} refused, ${failed} failed`)
  return answered
}
