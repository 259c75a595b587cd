/** A fault of the API as one sentence. */
import type { FaultEffect, FaultRule } from '../../../schemas/control/fault.ts'
import { operationWords } from '../../data/words.ts'
import { delayOf, limitsOf, type NameOfTunnel, type Subject, subjectOf } from './selection.ts'

export function sentenceOf(rule: FaultRule, nameOfTunnel: NameOfTunnel): string {
  const { operation, method, path, account_id, tunnel_id } = rule
  const verb = method === undefined ? '' : `${method} `
  const which = [
    ...(operation === undefined ? [] : [`for “${operationWords(operation)}”`]),
    ...(path === undefined ? [] : [`to ${path}`]),
    ...(tunnel_id === undefined ? [] : [`of the tunnel ${nameOfTunnel(tunnel_id)}`]),
    ...(account_id === undefined ? [] : [`in the account ${account_id.slice(0, 8)}…`]),
  ].join(' ')
  const subject = subjectOf(rule, { one: `${verb}request`, many: `${verb}requests`, which })
  return `${subject.text} ${effectWords(rule.effect, subject)}${limitsOf(rule)}.`
}

function effectWords(effect: FaultEffect, { isPlural }: Subject): string {
  const verb = (one: string, many: string): string => (isPlural ? many : one)
  if ('error' in effect) {
    const { status, code, retry_after } = effect.error
    const later = retry_after === undefined ? '' : `, to be sent again after ${retry_after} s`
    return `${verb('gets', 'get')} the error ${code} with status ${status}${later}`
  }
  if ('latency' in effect) {
    const { ms, jitter_ms = 0 } = effect.latency
    const span = jitter_ms === 0 ? delayOf(ms) : `${ms} to ${delayOf(ms + jitter_ms)}`
    return `${verb('gets its response', 'get their responses')} ${span} late`
  }
  if ('hang' in effect) return `${verb('gets', 'get')} no response`
  if ('reset' in effect) {
    return effect.reset === 'before'
      ? `${verb('has', 'have')} no effect, and the connection is cut`
      : `${verb('takes', 'take')} effect, but the connection is cut before the response`
  }
  if ('body' in effect) {
    return effect.body === 'truncated'
      ? `${verb('gets', 'get')} half of the response, then the connection is cut`
      : `${verb('gets', 'get')} a complete response that is not valid JSON`
  }
  if ('html' in effect) return `${verb('gets', 'get')} an HTML page with status ${effect.html}`
  return `${verb('reads', 'read')} the data of ${delayOf(effect.stale.ms)} earlier`
}

/** What a program gets, as its log would show it. */
export function symptomOf(effect: FaultEffect): string {
  if ('error' in effect) {
    const { status, code, retry_after } = effect.error
    const header = retry_after === undefined ? '' : `, the header retry-after: ${retry_after}`
    return `status ${status}${header}, errors[0].code ${code}`
  }
  if ('latency' in effect) return 'the right response, but late: time-outs, slow pages'
  if ('hang' in effect) return 'nothing, until it gives up'
  if ('reset' in effect) return effect.reset === 'before' ? 'ECONNRESET; send it again' : 'ECONNRESET; yet it is done'
  if ('body' in effect) return effect.body === 'truncated' ? 'unexpected end of the body' : 'JSON that does not parse'
  if ('html' in effect) return `${effect.html}, text/html, no JSON to parse`
  return 'a list without the new tunnel, 1055 for a fresh configuration'
}
