import type { EdgeFaultEffect, EdgeFaultEffects, EdgeFaultRule } from '../../../schemas/control/edge-fault.ts'
import { pathMatches } from '../../world/faults/rules.ts'

/** What a rule can match: its effect decides which of these. */
type FaultStage = 'registration' | 'connection' | 'configuration' | 'request'

export interface EdgeFaultCall {
  readonly stage: FaultStage
  readonly tunnel_id: string
  readonly connector_id: string
  readonly conn_index: number
  /** Of a request, in lower case and without a port. */
  readonly hostname?: string
  /** Of a request, without query. */
  readonly path?: string
}

type EffectName = keyof EdgeFaultEffects

const STAGES: Readonly<Record<EffectName, FaultStage>> = {
  refuse_registration: 'registration',
  delay_registration: 'registration',
  corrupt_frame: 'registration',
  drop_connection: 'connection',
  stall: 'connection',
  refuse_configuration: 'configuration',
  delay_configuration: 'configuration',
  http_status: 'request',
  latency: 'request',
  cut_after: 'request',
}

/** Effects that can apply together with others. */
const CUMULATIVE: ReadonlySet<string> = new Set(['delay_registration', 'delay_configuration', 'latency'])

export function matches(rule: EdgeFaultRule, call: EdgeFaultCall): boolean {
  const { tunnel_id, connector_id, conn_index, hostname, path } = rule
  return (
    stageOf(rule.effect) === call.stage &&
    (tunnel_id === undefined || tunnel_id.toLowerCase() === call.tunnel_id) &&
    (connector_id === undefined || connector_id.toLowerCase() === call.connector_id) &&
    (conn_index === undefined || conn_index === call.conn_index) &&
    (hostname === undefined || hostname.toLowerCase() === call.hostname) &&
    (path === undefined || pathMatches(path.split('/'), (call.path ?? '').split('/')))
  )
}

/** Why nothing can match the rule; undefined if something can. */
export function whyUnmatchable({ effect, hostname, path }: EdgeFaultRule): string | undefined {
  const stage = stageOf(effect)
  if (stage !== 'request' && (hostname !== undefined || path !== undefined)) {
    const key = hostname === undefined ? 'path' : 'hostname'
    return `${key} never matches: ${nameOf(effect)} acts on a ${stage}, which has none`
  }
  return path === undefined || path.startsWith('/') ? undefined : `path ${path} never matches: paths start with a slash`
}

export function isCumulative(effect: EdgeFaultEffect): boolean {
  return CUMULATIVE.has(nameOf(effect))
}

function stageOf(effect: EdgeFaultEffect): FaultStage {
  return STAGES[nameOf(effect)]
}

function nameOf(effect: EdgeFaultEffect): EffectName {
  const [name] = Object.keys(effect)
  // The model allows exactly one key, and these.
  return name as EffectName
}
