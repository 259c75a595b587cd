/** Load from a process of its own: wrk, ten connections, each with one request under way. */
import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { AUTHORIZATION, fileAt, type Server } from './process.ts'

const SCRIPT = fileAt('load.lua')

export function isLoadAtHand(): boolean {
  return spawnSync('wrk', ['--version']).error === undefined
}

export interface Call {
  readonly method?: string
  readonly path: string
  /** `<nth>` in it stands for another text in each request. */
  readonly body?: string
}

/**
 * Processor time that the server spends on a request, in microseconds, over a second of load. A busy server on one core answers as
 * many requests in a second as go into a million of these; unlike requests counted by the clock it is the same whoever else uses
 * the machine.
 */
export async function costOf(server: Server, call: Call): Promise<number> {
  const before = await server.usage()
  const answered = await fire(server, call, Number.MAX_SAFE_INTEGER)
  const after = await server.usage()
  return (after.cpu - before.cpu) / answered
}

/** So many calls, whatever time they take, and those few that were under way by then. */
export async function send(server: Server, call: Call, amount: number): Promise<void> {
  let left = amount
  while (left > 0) left -= await fire(server, call, left)
}

let runs = 0

/** For a second, or until so many are answered; how many were. */
async function fire(server: Server, { method = 'GET', path, body }: Call, amount: number): Promise<number> {
  runs += 1
  const { stdout } = await promisify(execFile)('wrk', [
    ...['--threads', '1', '--connections', '10', '--duration', '1s', '--script', SCRIPT, server.url, '--'],
    ...[String(amount), method, AUTHORIZATION.authorization, path],
    ...(body === undefined ? [] : [body.replace('<nth>', `${runs}-<nth>`)]),
  ])
  const { answered, refused, failed } = JSON.parse(stdout.slice(stdout.lastIndexOf('\n{')))
  if (refused > 0 || failed > 0) throw new Error(`${method} ${path}: ${refused} refused, ${failed} failed`)
  return answered
}
