import type { WorldEvent } from '../../schemas/control/event.ts'

/** An event in one line, without its time. `tunnel`: its name, where that is known. */
export function eventText(event: WorldEvent, tunnel = event.tunnel_id): string {
  const { type, connector_id, connection_id, version, before, status, reason } = event
  return [
    type,
    event.world_id && `world ${event.world_id}`,
    event.snapshot && `snapshot ${event.snapshot}`,
    event.fault_id,
    event.clock_before && `from ${event.clock_before}`,
    tunnel && `tunnel ${tunnel}`,
    connector_id && `connector ${connector_id}`,
    connection_id && `connection ${connection_id}`,
    version !== undefined && `version ${version}`,
    before && `${before} →`,
    status,
    event.request_id !== undefined && `#${event.request_id}`,
    event.http_status,
    event.operation,
    event.accepts !== undefined && (event.accepts ? 'accepts connectors' : 'refuses connectors'),
    reason,
  ]
    .filter(Boolean)
    .join(' ')
}
