import { describe, expect, it } from 'vitest'
import { problemWith } from '../../../schemas/check.ts'
import { type FaultPreset, type FaultRule, FaultRule as Model } from '../../../schemas/control/fault.ts'
import { createCounters } from '../../../src/world/counters.ts'
import { createFaults } from '../../../src/world/faults/faults.ts'
import { FAULT_PRESETS } from '../../../src/world/faults/presets.ts'
import type { FaultCall } from '../../../src/world/faults/rules.ts'
import { FaultError } from '../../../src/world/faults/table.ts'
import { unheard } from '../../support/faults.ts'

const NOW = '2026-01-01T00:00:00.000000Z'
const ACCOUNT = '699d98642c564d2e855e9661899b7252'
const OTHER_ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353'
const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const OTHER_TUNNEL = '00000000-0000-4000-8000-00000000dead'

const LIST = 'cloudflare-tunnel-list-cloudflare-tunnels'
const CREATE = 'cloudflare-tunnel-create-a-cloudflare-tunnel'
const GET_CONFIGURATION = 'cloudflare-tunnel-configuration-get-configuration'

const COLLECTION = '/accounts/:account_id/cfd_tunnel'
const CONFIGURATIONS = `${COLLECTION}/:tunnel_id/configurations`

const knownOperations = [
  { operation: LIST, method: 'GET', path: COLLECTION, can_lag: true },
  { operation: CREATE, method: 'POST', path: COLLECTION, can_lag: false },
  { operation: GET_CONFIGURATION, method: 'GET', path: CONFIGURATIONS, can_lag: true },
]

const list: FaultCall = {
  operation: LIST,
  method: 'GET',
  path: `/accounts/${ACCOUNT}/cfd_tunnel`,
  can_lag: true,
  account_id: ACCOUNT,
}
const create: FaultCall = { ...list, operation: CREATE, method: 'POST', can_lag: false }
const getConfiguration: FaultCall = {
  operation: GET_CONFIGURATION,
  method: 'GET',
  path: `/accounts/${ACCOUNT}/cfd_tunnel/${TUNNEL}/configurations`,
  can_lag: true,
  account_id: ACCOUNT,
  tunnel_id: TUNNEL,
}
const CALLS = { list, create, getConfiguration }

const effect = { hang: true as const }

function faultsWith(...rules: readonly FaultRule[]) {
  const faults = createFaults({
    knownOperations,
    fraction: undefined,
    announcements: unheard,
    counters: createCounters(),
  })
  for (const rule of rules) faults.add(rule, NOW)
  return faults
}

describe('a fault matches', () => {
  it.each<[Omit<FaultRule, 'effect'>, readonly (keyof typeof CALLS)[]]>([
    [{}, ['list', 'create', 'getConfiguration']],
    [{ operation: CREATE }, ['create']],
    [{ method: 'GET' }, ['list', 'getConfiguration']],
    [{ account_id: ACCOUNT.toUpperCase() }, ['list', 'create', 'getConfiguration']],
    [{ account_id: OTHER_ACCOUNT }, []],
    [{ tunnel_id: TUNNEL.toUpperCase() }, ['getConfiguration']],
    [{ tunnel_id: OTHER_TUNNEL }, []],
    [{ path: `/accounts/${ACCOUNT}/cfd_tunnel` }, ['list', 'create']],
    [{ path: `/accounts/${OTHER_ACCOUNT}/cfd_tunnel` }, []],
    [{ path: '/accounts/*/cfd_tunnel' }, ['list', 'create']],
    [{ path: '/accounts/*/cfd_tunnel/*/configurations' }, ['getConfiguration']],
    [{ path: '/accounts/*/cfd_tunnel/**' }, ['list', 'create', 'getConfiguration']],
    [{ path: '/accounts/*/cfd_tunnel/*/**' }, ['getConfiguration']],
    [{ path: '/**', method: 'POST' }, ['create']],
  ])('%j: %j', (when, matched) => {
    const names = Object.entries(CALLS).flatMap(([name, call]) =>
      faultsWith({ ...when, effect }).take(call, NOW).length > 0 ? [name] : [],
    )
    expect(names).toEqual(matched)
  })

  it('only reads that can lag, if its effect is stale', () => {
    const faults = faultsWith({ effect: { stale: { ms: 5 } } })

    expect([list, create, getConfiguration].map(call => faults.take(call, NOW).length)).toEqual([1, 0, 1])
    expect(faults.list(NOW)).toMatchObject([{ seen: 2, hits: 2 }])
  })
})

describe('a fault applies', () => {
  it.each<[Omit<FaultRule, 'effect'>, readonly number[], boolean]>([
    [{}, [1, 2, 3, 4, 5, 6, 7, 8], false],
    [{ nth: 3 }, [3], true],
    [{ nth: 9 }, [], false],
    [{ times: 2 }, [1, 2], true],
    [{ after: 6 }, [7, 8], false],
    [{ after: 2, times: 1 }, [3], true],
    [{ every: 3 }, [3, 6], false],
    [{ after: 1, every: 3 }, [4, 7], false],
    [{ every: 3, times: 1 }, [3], true],
  ])('%j: on calls %j of eight; exhausted: %s', (life, acted, exhausted) => {
    const faults = faultsWith({ ...life, effect })
    const hits = [1, 2, 3, 4, 5, 6, 7, 8].filter(() => faults.take(list, NOW).length > 0)

    expect(hits).toEqual(acted)
    expect(faults.list(NOW)).toEqual([{ id: 'fault-1', ...life, effect, seen: 8, hits: acted.length, exhausted }])
  })

  it.each([
    ['30s', '2026-01-01T00:00:29.999999Z', 1],
    ['30s', '2026-01-01T00:00:30.000000Z', 0],
    ['250ms', '2026-01-01T00:00:00.249999Z', 1],
    ['250ms', '2026-01-01T00:00:00.250000Z', 0],
  ])('with a ttl of %j at %s: %i times', (ttl, now, acted) => {
    const faults = faultsWith({ ttl, effect })

    expect(faults.list(now)).toMatchObject([{ exhausted: acted === 0 }])
    expect(faults.take(list, now)).toHaveLength(acted)
  })

  it('with a repeatable probability, drawn once for each call that it matches', () => {
    const draws = [0.3, 0.7, 0.49, 0.5]
    const faults = createFaults({
      knownOperations,
      fraction: () => draws.shift() ?? 1,
      announcements: unheard,
      counters: createCounters(),
    })
    faults.add({ operation: LIST, after: 1, probability: 0.5, effect }, NOW)

    const acted = [list, list, create, list, list, list].map(call => faults.take(call, NOW).length)
    expect(acted).toEqual([0, 1, 0, 0, 1, 0])
    expect(draws).toEqual([])
  })
})

describe('several faults', () => {
  it('apply every latency and stale, but only the first other effect; skipped rules count no hit', () => {
    const slow = { latency: { ms: 5 } }
    const late = { stale: { ms: 7 } }
    const first = { html: 502 as const }
    const faults = faultsWith(
      { effect: slow },
      { effect: first, times: 1 },
      { effect, times: 1 },
      { effect: late },
      { effect: slow },
    )

    const takeEffects = () => faults.take(list, NOW).map(hit => hit.effect)

    expect(takeEffects()).toEqual([slow, first, late, slow])
    expect(faults.list(NOW).map(({ hits }) => hits)).toEqual([1, 1, 0, 1, 1])
    expect(takeEffects()).toEqual([slow, effect, late, slow])
  })

  it('are removed one by one and all at once; an id is never reused', () => {
    const faults = faultsWith({ effect }, { nth: 7, effect })
    faults.take(list, NOW)

    expect(faults.remove('fault-1', NOW)).toMatchObject({ id: 'fault-1', seen: 1, hits: 1 })
    expect(faults.remove('fault-1', NOW)).toBeUndefined()
    expect(faults.clear(NOW)).toMatchObject([{ id: 'fault-2', seen: 1, hits: 0 }])
    expect(faults.list(NOW)).toEqual([])
    expect(faults.add({ effect }, NOW)).toEqual({ id: 'fault-3', effect, seen: 0, hits: 0, exhausted: false })
  })
})

describe('a rule that could never take effect is rejected', () => {
  const stale = { effect: { stale: { ms: 5 } } }

  it.each<[Partial<FaultRule>, string]>([
    [{ operation: 'nope' }, `unknown operation nope: there are ${LIST}, ${CREATE}, ${GET_CONFIGURATION}`],
    [{ operation: LIST, method: 'POST' }, `method POST never matches: ${LIST} is called with GET`],
    [{ method: 'DELETE' }, 'method DELETE never matches: the emulated API is called with GET, POST'],
    [{ path: '/zones' }, `path /zones never matches: the emulated API is at ${COLLECTION}, ${CONFIGURATIONS}`],
    [{ path: '/client/v4/accounts/*/cfd_tunnel' }, 'path /client/v4/accounts/*/cfd_tunnel never matches: '],
    [{ path: 'accounts/*/cfd_tunnel' }, 'path accounts/*/cfd_tunnel never matches: '],
    [{ path: '/accounts/**/configurations' }, 'path /accounts/**/configurations never matches: '],
    [{ path: '/accounts/6*/cfd_tunnel' }, 'path /accounts/6*/cfd_tunnel never matches: '],
    [
      { operation: CREATE, path: '/accounts/*/cfd_tunnel/*' },
      `path /accounts/*/cfd_tunnel/* never matches: ${CREATE} is at ${COLLECTION}`,
    ],
    [{ method: 'POST', path: '/accounts/*/cfd_tunnel/*' }, `POST is at ${COLLECTION}`],
    [{ operation: LIST, tunnel_id: TUNNEL }, `tunnel_id never matches: ${COLLECTION} has none`],
    [
      { account_id: OTHER_ACCOUNT, path: `/accounts/${ACCOUNT}/cfd_tunnel` },
      `path /accounts/${ACCOUNT}/cfd_tunnel never matches: it has another id than the rule itself`,
    ],
    [{ operation: CREATE, ...stale }, `stale takes no effect here: what can lag is ${LIST}, `],
    [{ method: 'POST', ...stale }, `stale takes no effect here: what can lag is ${LIST}, `],
    [{ nth: 1, after: 1 }, 'nth is one call alone: it does not go together with after, every or times'],
    [{ nth: 1, times: 1 }, 'nth is one call alone'],
    [{ nth: 2, every: 2 }, 'nth is one call alone'],
    [{ ttl: 0 }, 'a ttl of 0 is over before the first call'],
    [{ ttl: '0m' }, 'a ttl of 0 is over before the first call'],
    [{ probability: 0 }, 'a probability of 0 never acts'],
    [{ probability: 0.5 }, 'probability needs chance that can be repeated: start the server with --random-seed'],
  ])('%j', (rule, sentence) => {
    const faults = faultsWith()

    expect(() => faults.add({ effect, ...rule }, NOW)).toThrow(FaultError)
    expect(() => faults.add({ effect, ...rule }, NOW)).toThrow(sentence)
    expect(faults.list(NOW)).toEqual([])
  })

  it.each([
    [{ times: 0 }, 'times: 0 is not a whole number from 1'],
    [{ nth: 0 }, 'nth: 0 is not a whole number from 1'],
    [{ every: 0 }, 'every: 0 is not a whole number from 1'],
    [{ method: 'TRACE' }, 'method: "TRACE" is not "GET", "POST", "PUT", "PATCH" or "DELETE"'],
    [{ colour: 'red' }, ': unknown field "colour"; there are "operation", '],
    [{ effect: undefined }, ': "effect" is missing: exactly one of "error", '],
    [{ effect: {} }, 'effect: needs exactly one of "error", '],
    [{ effect: { hang: true, html: 502 } }, 'effect: needs exactly one of "error", '],
    [{ effect: { html: 501 } }, 'effect.html: 501 is not a whole number from 502 to 504'],
    [{ effect: { error: { status: 429 } } }, 'effect.error: "code" is missing: a whole number from 1'],
    [{ effect: { latency: { ms: 0 } } }, 'effect.latency.ms: 0 is not a whole number from 1 to 3600000'],
    [{ effect: { reset: 'during' } }, 'effect.reset: "during" is not "before" or "after"'],
  ])('by its model: %j', (part, sentence) => {
    const rule: Record<string, unknown> = JSON.parse(JSON.stringify({ effect, ...part }))
    const problem = problemWith(Model, rule)

    expect(`${problem?.where}: ${problem?.what}`).toContain(sentence)
  })
})

describe('a preset', () => {
  it.each<[FaultPreset, readonly number[]]>([
    ['rate-limited', [1, 2]],
    ['flaky', [3, 6]],
    ['slow', [1, 2, 3, 4, 5, 6]],
    ['outage', [1, 2, 3, 4, 5, 6]],
    ['eventually-consistent', [1, 2, 3, 4, 5, 6]],
  ])('%s matches the model and applies to calls %j of six', (preset, acted) => {
    const rules = FAULT_PRESETS[preset]
    const faults = faultsWith(...rules)

    expect(rules.map(rule => problemWith(Model, rule))).toEqual(rules.map(() => undefined))
    expect([1, 2, 3, 4, 5, 6].filter(() => faults.take(list, NOW).length > 0)).toEqual(acted)
  })
})

describe('faults that are turned off', () => {
  it('reject every rule', () => {
    const faults = createFaults({
      isOn: false,
      knownOperations,
      fraction: undefined,
      announcements: unheard,
      counters: createCounters(),
    })

    expect(() => faults.add({ effect: { reset: 'before' } }, NOW)).toThrow('turned off with --inject-faults false')
    expect(faults.isEmpty()).toBe(true)
  })
})
