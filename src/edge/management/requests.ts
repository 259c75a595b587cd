import type { EdgeRequest, EdgeRequestFilter } from '../../../schemas/control/edge.ts'
import { createNumberedLog, type NumberedLog } from '../../world/numbered-log.ts'

/** The latest requests to the gateway: neither bodies nor queries, and of the headers only the trace. */
export type EdgeRequestLog = NumberedLog<EdgeRequest, EdgeRequestFilter>

export function createEdgeRequestLog(size?: number): EdgeRequestLog {
  return createNumberedLog(size, matching)
}

function matching({ hostname, method, path = '', tunnel_id, connector_id, status }: EdgeRequestFilter) {
  const isMatch = (expected: unknown, actual: unknown): boolean => expected === undefined || expected === actual
  const [host, verb] = [hostname?.toLowerCase(), method?.toUpperCase()]
  const [tunnel, connector] = [tunnel_id?.toLowerCase(), connector_id?.toLowerCase()]

  return (entry: EdgeRequest): boolean =>
    isMatch(host, entry.hostname) &&
    isMatch(verb, entry.method) &&
    isMatch(tunnel, entry.tunnel_id) &&
    isMatch(connector, entry.connector_id) &&
    isMatch(status, entry.status) &&
    entry.path.startsWith(path)
}
