/** What the gateway answers itself. */
import type { MissingLink } from '../../../schemas/control/explain.ts'
import type { Answer } from './visit.ts'

/** Which link is missing between a hostname and a connection of cloudflared. */
export type Missing = MissingLink | 'no-connector' | 'no-world'

/** (documented: edge_unreachable) The header is our choice. */
export function unreachable(missing: Missing): Answer {
  return { status: 530, headers: [['mockflared-edge', missing]], body: 'error code: 1033' }
}

/** cloudflared could not reach the origin, or ended the stream (client: edge_bad_gateway). */
export const BAD_GATEWAY = errorOf(502)

/** cloudflared has too many open flows. */
export const TOO_MANY_FLOWS = errorOf(503)

/** (documented: edge_origin_timeout) */
export const ORIGIN_TIMEOUT = errorOf(524)

export function errorOf(status: number): Answer {
  return { status, body: `error code: ${status}` }
}

/** Our choice, in one line. */
export function refusal(status: number, problem: string): Answer {
  return { status, body: `mockflared gateway: ${problem}\n` }
}
