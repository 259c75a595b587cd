import { describe, expect, test } from 'vitest'
import { edgeSentenceOf, edgeSymptomOf, stageOf } from '../../console/pages/faults/edge-sentence.ts'
import { EDGE_EFFECT_FORMS, EFFECT_FORMS } from '../../console/pages/faults/effects.ts'
import { EDGE_PRESETS, PRESETS } from '../../console/pages/faults/presets.ts'
import { ruleFrom, typed, withKey } from '../../console/pages/faults/rule.ts'
import { type Draft, ordinal, outcomes } from '../../console/pages/faults/selection.ts'
import { sentenceOf, symptomOf } from '../../console/pages/faults/sentence.ts'
import { problemWith } from '../../schemas/check.ts'
import { EdgeFaultEffect, type EdgeFaultRule } from '../../schemas/control/edge-fault.ts'
import { FaultEffect, type FaultRule } from '../../schemas/control/fault.ts'
import { EDGE_FAULT_PRESETS } from '../../src/edge/management/fault-presets.ts'
import { matches } from '../../src/edge/management/fault-rules.ts'
import { createCounters } from '../../src/world/counters.ts'
import { createFaults } from '../../src/world/faults/faults.ts'
import { FAULT_PRESETS } from '../../src/world/faults/presets.ts'
import { unheard } from '../support/faults.ts'

const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const hang = { hang: true } as const
const nameOf = (): string => 'shop-web'

function plain(sentence: string): string {
  return sentence.replaceAll('\u00a0', ' ')
}

describe('the sentence of a fault', () => {
  test.each<[string, FaultRule]>([
    ['Every request gets no response.', { effect: hang }],
    ['The 3rd POST request gets no response.', { method: 'POST', nth: 3, effect: hang }],
    ['The first request gets no response.', { times: 1, effect: hang }],
    ['The first 2 requests get no response.', { times: 2, effect: hang }],
    ['The next 2 requests after the first 5 get no response.', { times: 2, after: 5, effect: hang }],
    ['Every 2nd request after the first 4, 3 times, gets no response.', { every: 2, after: 4, times: 3, effect: hang }],
    ['Every request of the tunnel shop-web gets no response.', { tunnel_id: TUNNEL, effect: hang }],
    ['Every request to /zones/** gets no response.', { path: '/zones/**', effect: hang }],
    [
      'Every request gets no response, for 30s on the clock of the world, with a chance of 20 %.',
      { ttl: '30s', probability: 0.2, effect: hang },
    ],
    [
      'Every request gets the error 971 with status 429, to be sent again after 1 s.',
      { effect: { error: { status: 429, code: 971, retry_after: 1 } } },
    ],
    ['Every request gets its response 300 to 500 ms late.', { effect: { latency: { ms: 300, jitter_ms: 200 } } }],
    ['The first 2 requests get their responses 2 s late.', { times: 2, effect: { latency: { ms: 2_000 } } }],
    ['Every request has no effect, and the connection is cut.', { effect: { reset: 'before' } }],
    ['Every request takes effect, but the connection is cut before the response.', { effect: { reset: 'after' } }],
    ['Every request gets half of the response, then the connection is cut.', { effect: { body: 'truncated' } }],
    ['Every request gets a complete response that is not valid JSON.', { effect: { body: 'malformed' } }],
    ['Every request gets an HTML page with status 503.', { effect: { html: 503 } }],
    ['Every request reads the data of 2 s earlier.', { effect: { stale: { ms: 2_000 } } }],
  ])('is “%s”', (sentence, rule) => {
    expect(plain(sentenceOf(rule, nameOf))).toBe(sentence)
  })

  test.each<[string, EdgeFaultRule]>([
    ['Every connection of the tunnel shop-web is cut at once.', { tunnel_id: TUNNEL, effect: { drop_connection: {} } }],
    ['The first connection stalls for 10 s.', { times: 1, effect: { stall: { ms: 10_000 } } }],
    [
      'Every connection with index 1 is cut after 5 s.',
      { conn_index: 1, effect: { drop_connection: { after_ms: 5_000 } } },
    ],
    [
      'The first 2 registrations of connections are refused with “no”, and told not to try again.',
      { times: 2, effect: { refuse_registration: { cause: 'no', should_retry: false } } },
    ],
    ['Every registration of a connection gets an answer 2 s late.', { effect: { delay_registration: { ms: 2_000 } } }],
    ['Every registration of a connection gets a broken frame.', { effect: { corrupt_frame: true } }],
    ['Every new configuration is not sent to its connector.', { effect: { refuse_configuration: true } }],
    ['Every new configuration is sent 5 s late.', { effect: { delay_configuration: { ms: 5_000 } } }],
    [
      'Every request to the gateway for shop.localhost at /a/** gets 503; the origin does not see it.',
      { hostname: 'shop.localhost', path: '/a/**', effect: { http_status: { status: 503 } } },
    ],
    ['Every request to the gateway is sent on 300 ms late.', { effect: { latency: { ms: 300 } } }],
    [
      'Every request to the gateway is cut after 1,000 bytes of the response.',
      { effect: { cut_after: { bytes: 1_000 } } },
    ],
  ])('of the edge is “%s”', (sentence, rule) => {
    expect(plain(edgeSentenceOf(rule, nameOf))).toBe(sentence)
  })
})

describe('the builder', () => {
  test('offers every effect of the API, each with a value that the server takes', () => {
    const effects = EFFECT_FORMS.map(({ key, initial }) => ({ [key]: initial }))

    expect(effects.map(effect => problemWith(FaultEffect, effect))).toEqual(effects.map(() => undefined))
    expect(EFFECT_FORMS.map(({ key }) => key)).toEqual(Object.keys(FaultEffect.properties))
    for (const effect of effects as FaultEffect[]) {
      expect(`${sentenceOf({ effect }, nameOf)} ${symptomOf(effect)}`).not.toMatch(/undefined|NaN/)
    }
  })

  test('offers every effect of the edge, each with a value that the server takes', () => {
    const effects = EDGE_EFFECT_FORMS.map(({ key, initial }) => ({ [key]: initial }))

    expect(effects.map(effect => problemWith(EdgeFaultEffect, effect))).toEqual(effects.map(() => undefined))
    expect(EDGE_EFFECT_FORMS.map(({ key }) => key).toSorted()).toEqual(
      Object.keys(EdgeFaultEffect.properties).toSorted(),
    )
    for (const effect of effects as EdgeFaultEffect[]) {
      expect(`${edgeSentenceOf({ effect }, nameOf)} ${edgeSymptomOf(effect)}`).not.toMatch(/undefined|NaN/)
    }
  })

  test('shows the presets that the server has', () => {
    expect(PRESETS).toEqual(FAULT_PRESETS)
    expect(EDGE_PRESETS).toEqual(EDGE_FAULT_PRESETS)
  })

  test.each<Draft>([
    {},
    { nth: 3 },
    { every: 3 },
    { times: 2 },
    { after: 4, times: 1 },
    { every: 2, after: 3, times: 3 },
  ])('shows on which requests a rule with %j acts, as the server counts them', when => {
    const call = { operation: 'list', method: 'GET', path: '/list', can_lag: false }
    const faults = createFaults({
      knownOperations: [call],
      fraction: undefined,
      announcements: unheard,
      counters: createCounters(),
    })
    const now = '2026-01-01T00:00:00.000000Z'
    faults.add({ ...(when as FaultRule), effect: hang }, now)
    const acted = Array.from({ length: 12 }, () => faults.take(call, now).length > 0)

    expect(outcomes(when, 12).map(outcome => outcome === 'acts')).toEqual(acted)
  })

  test('says that a rule with a chance may act', () => {
    expect(outcomes({ nth: 2, probability: 0.5 }, 3)).toEqual(['passes', 'may-act', 'passes'])
  })

  test('keeps what is no number as it was typed, so that the server can say why it is none', () => {
    expect([typed('3', true), typed('0.2', true), typed('3x', true), typed('3'), typed('  ')]).toEqual([
      3,
      0.2,
      '3x',
      '3',
      undefined,
    ])
  })

  test('reads a rule from the URL, and nothing else', () => {
    const rule = { method: 'POST', effect: hang }

    expect(ruleFrom(JSON.stringify(rule))).toEqual(rule)
    expect([null, '', '{', '[]', '3', '{"effect":{}}', '{"effect":3}'].map(ruleFrom)).toEqual(Array(7).fill(undefined))
    expect(withKey(rule, 'method', undefined)).toEqual({ effect: hang })
  })
})

test('counts as people do', () => {
  expect([1, 2, 3, 4, 11, 12, 21, 102].map(ordinal)).toEqual([
    '1st',
    '2nd',
    '3rd',
    '4th',
    '11th',
    '12th',
    '21st',
    '102nd',
  ])
})

test.each(EDGE_EFFECT_FORMS)('names what $key acts on, as the server matches it', ({ key, initial }) => {
  const effect = { [key]: initial } as EdgeFaultEffect
  const place = { tunnel_id: TUNNEL, connector_id: TUNNEL, conn_index: 0 }

  expect(matches({ effect }, { stage: stageOf(effect), ...place })).toBe(true)
})
