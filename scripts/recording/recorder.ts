import type { Exchange } from '../../schemas/recording.ts'
import { parseBody, type ReplayTarget, send } from './replay.ts'

/** Headers that are the same for every request; others hold counters or ids. */
const RECORDED_HEADERS = ['allow', 'content-type', 'ratelimit-policy']

interface Request extends Omit<Exchange['request'], 'path'> {
  /** Relative to the tunnels of the account, such as `/ID/token`. */
  readonly path: string
  readonly note: string
}

/** Sends a request, records the exchange, and returns the `result` of the response. */
export type SendRequest = (request: Request) => Promise<unknown>

/** Sends requests to one account and collects the exchanges in `steps`. */
export function createRecorder(server: Pick<ReplayTarget, 'baseURL' | 'fetch' | 'token'>, account: string) {
  const steps: Exchange[] = []
  const sendRequest: SendRequest = async ({ note, method, path, ...others }) => {
    const request = { method, path: `/accounts/${account}/cfd_tunnel${path}`, ...others }
    const response = await send(request, server)
    const body = parseBody(await response.text())
    const headers = RECORDED_HEADERS.flatMap(name => {
      const value = response.headers.get(name)
      return value === null ? [] : [[name, value]]
    })
    steps.push({ note, request, response: { status: response.status, headers: Object.fromEntries(headers), body } })
    return typeof body === 'object' && body !== null && 'result' in body ? body.result : undefined
  }
  return { sendRequest, steps }
}
