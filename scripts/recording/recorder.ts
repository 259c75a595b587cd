import type { Exchange } from '../../schemas/recording.ts'
import { bodyIn, type Stage, send } from './replay.ts'

/** Headers that are the same for everybody; others count or name something. */
const KEPT_HEADERS = ['allow', 'content-type', 'ratelimit-policy']

interface Request extends Omit<Exchange['request'], 'path'> {
  /** Below the tunnels of the account, such as `/ID/token`. */
  readonly path: string
  readonly note: string
}

/** Asks, keeps question and answer, and gives the `result` of the answer. */
export type Ask = (request: Request) => Promise<unknown>

/** A caller of one account whose exchanges are kept, in the order of `steps`. */
export function createRecorder(where: Pick<Stage, 'baseURL' | 'fetch' | 'token'>, account: string) {
  const steps: Exchange[] = []
  const ask: Ask = async ({ note, method, path, ...others }) => {
    const request = { method, path: `/accounts/${account}/cfd_tunnel${path}`, ...others }
    const answer = await send(request, where)
    const body = bodyIn(await answer.text())
    const headers = KEPT_HEADERS.flatMap(name => {
      const value = answer.headers.get(name)
      return value === null ? [] : [[name, value]]
    })
    steps.push({ note, request, response: { status: answer.status, headers: Object.fromEntries(headers), body } })
    return typeof body === 'object' && body !== null && 'result' in body ? body.result : undefined
  }
  return { ask, steps }
}
