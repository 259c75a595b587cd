/** Load from a process of its own: autocannon, ten connections, each with one request under way. */
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { AUTHORIZATION, type Server } from './process.ts'

const AUTOCANNON = createRequire(import.meta.url).resolve('autocannon/autocannon.js')

export interface Call {
  readonly method?: string
  /** `[%3Cid%3E]` in it stands for another text in each request. */
  readonly path: string
  /** As does `[<id>]` in it. */
  readonly body?: string
}

/** The same in words that nobody used before, so that no earlier answer will do: with a parameter that nothing reads. At its end autocannon takes no bracket. */
export const anew = ({ path, ...call }: Call): Call => ({
  ...call,
  path: `${path}${path.includes('?') ? '&' : '?'}nth=[%3Cid%3E]th`,
})

/**
 * Processor time that the server spends on a request, in microseconds. A busy server on one core answers as many requests in a
 * second as go into a million of these; unlike requests counted by the clock it is the same whoever else uses the machine, and
 * however fast the load generator is.
 */
export const costOf = async (server: Server, call: Call, seconds: number): Promise<number> => {
  const before = await server.usage()
  const answered = await fire(server, call, ['--duration', String(seconds)])
  const after = await server.usage()
  return (after.cpu - before.cpu) / answered
}

/** So many calls, whatever time they take. */
export const send = (server: Server, call: Call, amount: number): Promise<number> =>
  fire(server, call, ['--amount', String(amount)])

const fire = async (server: Server, { method = 'GET', path, body }: Call, span: string[]): Promise<number> => {
  const headers = { ...AUTHORIZATION, ...(body !== undefined && { 'content-type': 'application/json' }) }
  const { stdout } = await promisify(execFile)(process.execPath, [
    AUTOCANNON,
    ...['--json', '--no-progress', '--connections', '10', '--method', method, ...span],
    ...Object.entries(headers).flatMap(([name, value]) => ['--headers', `${name}=${value}`]),
    ...['--idReplacement', 'true'],
    ...(body === undefined ? [] : ['--body', body]),
    `${server.url}${path}`,
  ])
  const { '2xx': answered, non2xx, errors } = JSON.parse(stdout)
  if (non2xx > 0 || errors > 0) throw new Error(`${method} ${path}: ${non2xx} refused, ${errors} failed`)
  return answered
}
