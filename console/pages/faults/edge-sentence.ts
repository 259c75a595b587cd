/** A fault of the edge as one sentence. */
import type { EdgeFaultEffect, EdgeFaultRule } from '../../../schemas/control/edge-fault.ts'
import { delayOf, limitsOf, type NameOfTunnel, type Subject, subjectOf } from './selection.ts'

/** What an effect acts on. */
export type Stage = 'registration' | 'connection' | 'configuration' | 'request'

const NOUNS: Readonly<Record<Stage, readonly [one: string, many: string]>> = {
  registration: ['registration of a connection', 'registrations of connections'],
  connection: ['connection', 'connections'],
  configuration: ['new configuration', 'new configurations'],
  request: ['request to the gateway', 'requests to the gateway'],
}

/** The stage of an effect, by its key. */
export function stageOf(effect: EdgeFaultEffect): Stage {
  if ('drop_connection' in effect || 'stall' in effect) return 'connection'
  if ('refuse_configuration' in effect || 'delay_configuration' in effect) return 'configuration'
  if ('http_status' in effect || 'latency' in effect || 'cut_after' in effect) return 'request'
  return 'registration'
}

export function edgeSentenceOf(rule: EdgeFaultRule, nameOfTunnel: NameOfTunnel): string {
  const { tunnel_id, connector_id, conn_index, hostname, path } = rule
  const which = [
    ...(hostname === undefined ? [] : [`for ${hostname}`]),
    ...(path === undefined ? [] : [`at ${path}`]),
    ...(conn_index === undefined ? [] : [`with index ${conn_index}`]),
    ...(connector_id === undefined ? [] : [`of the connector ${connector_id.slice(0, 8)}…`]),
    ...(tunnel_id === undefined ? [] : [`of the tunnel ${nameOfTunnel(tunnel_id)}`]),
  ].join(' ')
  const [one, many] = NOUNS[stageOf(rule.effect)]
  const subject = subjectOf(rule, { one, many, which })
  return `${subject.text} ${effectWords(rule.effect, subject)}${limitsOf(rule)}.`
}

/** The cause that the server sends if the rule has none. */
const DEFAULT_CAUSE = 'Unauthorized: Failed to get tunnel'

function effectWords(effect: EdgeFaultEffect, { isPlural }: Subject): string {
  const [is, gets] = isPlural ? ['are', 'get'] : ['is', 'gets']
  if ('refuse_registration' in effect) {
    const { cause = DEFAULT_CAUSE, should_retry = true } = effect.refuse_registration
    return `${is} refused with “${cause}”${should_retry ? '' : ', and told not to try again'}`
  }
  if ('delay_registration' in effect) return `${gets} an answer ${delayOf(effect.delay_registration.ms)} late`
  if ('corrupt_frame' in effect) return `${gets} a broken frame`
  if ('drop_connection' in effect) {
    const { after_ms = 0 } = effect.drop_connection
    return `${is} cut ${after_ms === 0 ? 'at once' : `after ${delayOf(after_ms)}`}`
  }
  if ('stall' in effect) return `${isPlural ? 'stall' : 'stalls'} for ${delayOf(effect.stall.ms)}`
  if ('refuse_configuration' in effect) return `${is} not sent to its connector`
  if ('delay_configuration' in effect) return `${is} sent ${delayOf(effect.delay_configuration.ms)} late`
  if ('http_status' in effect) return `${gets} ${effect.http_status.status}; the origin does not see it`
  if ('latency' in effect) return `${is} sent on ${delayOf(effect.latency.ms)} late`
  return `${is} cut after ${effect.cut_after.bytes.toLocaleString('en')} bytes of the response`
}

/** What cloudflared or a visitor sees. */
export function edgeSymptomOf(effect: EdgeFaultEffect): string {
  if ('refuse_registration' in effect) return 'cloudflared logs the cause, and tries again with growing pauses'
  if ('delay_registration' in effect) return 'cloudflared gives up after 5 s'
  if ('corrupt_frame' in effect) return 'cloudflared exits if it has no connection yet'
  if ('drop_connection' in effect) return 'pending reconnect; cloudflared is back some seconds later'
  if ('stall' in effect) return 'no requests, responses or heartbeats pass'
  if ('refuse_configuration' in effect) return 'config_version of the connector lags'
  if ('delay_configuration' in effect) return 'config_version of the connector lags for a while'
  if ('http_status' in effect) return `${effect.http_status.status} from the gateway`
  if ('latency' in effect) return 'the right response, but late'
  return 'a body that ends too early'
}
