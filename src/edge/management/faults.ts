import type { EdgeFaultEffects, EdgeFaultRule } from '../../../schemas/control/edge-fault.ts'
import { announceFaults } from '../../world/faults/announcements.ts'
import { createFaultTable, type FaultTable } from '../../world/faults/table.ts'
import { createIds } from '../../world/ids.ts'
import type { World } from '../../world/world.ts'
import type { LiveConnection } from '../live-connection.ts'
import { type EdgeFaultCall, isCumulative, matches, whyUnmatchable } from './fault-rules.ts'

/** The fault rules of a world for its real connectors and the gateway. */
export type EdgeFaults = FaultTable<EdgeFaultRule, EdgeFaultCall>

type Place = Omit<EdgeFaultCall, 'stage'>

type FaultyWorld = Pick<World, 'id' | 'random_seed' | 'inject_faults' | 'events' | 'scheduler' | 'counters'>

type Clock = Pick<World, 'now'>

/** A text that cloudflared knows, and after which it tries again (client: edge_refusal). */
const DEFAULT_CAUSE = 'Unauthorized: Failed to get tunnel'

export function createEdgeFaults({
  id,
  random_seed,
  inject_faults,
  events,
  scheduler,
  counters,
}: FaultyWorld): EdgeFaults {
  // Not the random numbers of the world: connectors come in real time, so they would not repeat.
  const ids = createIds(random_seed, `${id} edge faults`)
  return createFaultTable<EdgeFaultRule, EdgeFaultCall>({
    isOn: inject_faults,
    fraction: random_seed === undefined ? undefined : ids.fraction,
    idPrefix: 'edge-fault',
    matches,
    whyUnmatchable,
    isCumulative,
    announcements: announceFaults(events, scheduler),
    counters,
  })
}

/** What rules can ask of a connection. */
export function placeOf({
  tunnel,
  connector_id,
  index,
}: Pick<LiveConnection, 'tunnel' | 'connector_id' | 'index'>): Place {
  return { tunnel_id: tunnel.id, connector_id, conn_index: index }
}

export interface RegistrationFault {
  readonly delay_ms: number
  readonly refusal?: { readonly cause: string; readonly should_retry: boolean }
  /** True: the answer is a frame that cannot be read. */
  readonly is_unreadable: boolean
}

export interface ConnectionFault {
  /** Undefined: the connection stays. */
  readonly drop_after_ms?: number
  readonly stall_ms?: number
}

export interface ConfigurationFault {
  readonly delay_ms: number
  readonly is_refused: boolean
}

export interface RequestFault {
  readonly delay_ms: number
  /** The status that the gateway answers instead of the origin. */
  readonly status?: number
  readonly cut_after_bytes?: number
}

export function faultOfRegistration(world: Clock, faults: EdgeFaults, place: Place): RegistrationFault {
  const { delay_ms, effect } = take(world, faults, { stage: 'registration', ...place })
  const { refuse_registration: refusal, corrupt_frame = false } = effect
  return {
    delay_ms,
    is_unreadable: corrupt_frame,
    ...(refusal && { refusal: { cause: DEFAULT_CAUSE, should_retry: true, ...refusal } }),
  }
}

/** `only`: the id of the only rule that counts. */
export function faultOfConnection(world: Clock, faults: EdgeFaults, place: Place, only?: string): ConnectionFault {
  const { drop_connection: drop, stall } = take(world, faults, { stage: 'connection', ...place }, only).effect
  return { ...(drop && { drop_after_ms: drop.after_ms ?? 0 }), ...(stall && { stall_ms: stall.ms }) }
}

export function faultOfConfiguration(world: Clock, faults: EdgeFaults, place: Place): ConfigurationFault {
  const { delay_ms, effect } = take(world, faults, { stage: 'configuration', ...place })
  return { delay_ms, is_refused: effect.refuse_configuration ?? false }
}

export function faultOfRequest(world: Clock, faults: EdgeFaults, place: Place): RequestFault {
  const { delay_ms, effect } = take(world, faults, { stage: 'request', ...place })
  const { http_status: answer, cut_after: cut } = effect
  return { delay_ms, ...(answer && { status: answer.status }), ...(cut && { cut_after_bytes: cut.bytes }) }
}

/** The sum of all delays, and the one other effect. */
function take(world: Clock, faults: EdgeFaults, call: EdgeFaultCall, only?: string) {
  const hits = faults.isEmpty() ? [] : faults.take(call, world.now(), only)
  const effects = hits.map(hit => hit.effect)
  const effect: Partial<EdgeFaultEffects> = Object.assign({}, ...effects)
  return { delay_ms: effects.reduce((sum, one) => sum + delayOf(one), 0), effect }
}

function delayOf(effect: Partial<EdgeFaultEffects>): number {
  return (effect.delay_registration ?? effect.delay_configuration ?? effect.latency)?.ms ?? 0
}
