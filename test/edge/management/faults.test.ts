import { describe, expect, it } from 'vitest'
import { problemWith } from '../../../schemas/check.ts'
import {
  type EdgeFaultEffect,
  type EdgeFaultPreset,
  type EdgeFaultRule,
  EdgeFaultRule as Model,
} from '../../../schemas/control/edge-fault.ts'
import { EDGE_FAULT_PRESETS } from '../../../src/edge/management/fault-presets.ts'
import {
  createEdgeFaults,
  faultOfConfiguration,
  faultOfConnection,
  faultOfRegistration,
  faultOfRequest,
} from '../../../src/edge/management/faults.ts'
import { createCounters } from '../../../src/world/counters.ts'
import { createEvents } from '../../../src/world/events.ts'
import { FaultError } from '../../../src/world/faults/table.ts'
import { createScheduler } from '../../../src/world/scheduler.ts'

const NOW = '2026-01-01T00:00:00.000000Z'
const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const CONNECTOR = '1bedc50d-42b3-473c-b108-ff3d10c0d925'
const OTHER = '00000000-0000-4000-8000-00000000dead'

const place = { tunnel_id: TUNNEL, connector_id: CONNECTOR, conn_index: 1 }
const request = { ...place, hostname: 'shop.example.com', path: '/Images/a/1.png' }
const clock = { now: () => NOW }
const settings = {
  id: 'main',
  random_seed: undefined,
  inject_faults: true,
  events: createEvents(),
  scheduler: createScheduler(),
  counters: createCounters(),
}

function faultsWith(...rules: readonly EdgeFaultRule[]) {
  const faults = createEdgeFaults(settings)
  for (const rule of rules) faults.add(rule, NOW)
  return faults
}

describe('a fault of the edge matches', () => {
  const effect = { http_status: { status: 503 } }

  it.each<[Omit<EdgeFaultRule, 'effect'>, boolean]>([
    [{}, true],
    [{ tunnel_id: TUNNEL.toUpperCase() }, true],
    [{ tunnel_id: OTHER }, false],
    [{ connector_id: CONNECTOR.toUpperCase() }, true],
    [{ connector_id: OTHER }, false],
    [{ conn_index: 1 }, true],
    [{ conn_index: 0 }, false],
    [{ hostname: 'Shop.Example.com' }, true],
    [{ hostname: 'example.com' }, false],
    [{ path: '/Images/a/1.png' }, true],
    [{ path: '/images/a/1.png' }, false],
    [{ path: '/Images/*/1.png' }, true],
    [{ path: '/Images/*' }, false],
    [{ path: '/Images/**' }, true],
    [{ path: '/' }, false],
  ])('%j: %s', (when, isMatch) => {
    const { status } = faultOfRequest(clock, faultsWith({ ...when, effect }), request)

    expect(status).toBe(isMatch ? 503 : undefined)
  })

  it.each<[EdgeFaultEffect, string]>([
    [{ refuse_registration: {} }, 'registration'],
    [{ delay_registration: { ms: 5 } }, 'registration'],
    [{ corrupt_frame: true }, 'registration'],
    [{ drop_connection: {} }, 'connection'],
    [{ stall: { ms: 5 } }, 'connection'],
    [{ refuse_configuration: true }, 'configuration'],
    [{ delay_configuration: { ms: 5 } }, 'configuration'],
    [{ http_status: { status: 500 } }, 'request'],
    [{ latency: { ms: 5 } }, 'request'],
    [{ cut_after: { bytes: 1 } }, 'request'],
  ])('with %j only a %s', (effect, stage) => {
    const asked = {
      registration: faultOfRegistration,
      connection: faultOfConnection,
      configuration: faultOfConfiguration,
      request: faultOfRequest,
    }
    const matched = Object.entries(asked).flatMap(([name, ask]) => {
      const faults = faultsWith({ effect })
      ask(clock, faults, place)
      return faults.list(NOW)[0]?.hits === 1 ? [name] : []
    })

    expect(matched).toEqual([stage])
  })
})

describe('the effect on', () => {
  it('a registration is the text that is given, or one after which cloudflared tries again', () => {
    const refusalBy = (refuse_registration: { cause?: string; should_retry?: boolean }) =>
      faultOfRegistration(clock, faultsWith({ effect: { refuse_registration } }), place)

    expect(refusalBy({})).toEqual({
      delay_ms: 0,
      is_unreadable: false,
      refusal: { cause: 'Unauthorized: Failed to get tunnel', should_retry: true },
    })
    expect(refusalBy({ cause: 'EDUPCONN', should_retry: false }).refusal).toEqual({
      cause: 'EDUPCONN',
      should_retry: false,
    })
  })

  it('a registration is every delay, but only the first other effect', () => {
    const delay = { effect: { delay_registration: { ms: 40 } } }
    const faults = faultsWith(
      delay,
      { effect: { corrupt_frame: true } },
      { effect: { refuse_registration: {} } },
      delay,
    )

    expect(faultOfRegistration(clock, faults, place)).toEqual({ delay_ms: 80, is_unreadable: true })
  })

  it('a connection is a drop, at once by default, or a stall', () => {
    const effectOf = (effect: EdgeFaultEffect) => faultOfConnection(clock, faultsWith({ effect }), place)

    expect(effectOf({ drop_connection: {} })).toEqual({ drop_after_ms: 0 })
    expect(effectOf({ drop_connection: { after_ms: 70 } })).toEqual({ drop_after_ms: 70 })
    expect(effectOf({ stall: { ms: 30 } })).toEqual({ stall_ms: 30 })
  })

  it('a configuration is a refusal, or a delay', () => {
    const effectOf = (effect: EdgeFaultEffect) => faultOfConfiguration(clock, faultsWith({ effect }), place)

    expect(effectOf({ refuse_configuration: true })).toEqual({ delay_ms: 0, is_refused: true })
    expect(effectOf({ delay_configuration: { ms: 30 } })).toEqual({ delay_ms: 30, is_refused: false })
  })

  it('a request is every latency, and a status or a cut', () => {
    const latency = { effect: { latency: { ms: 40 } } }
    const cut = { effect: { cut_after: { bytes: 9 } } }

    expect(faultOfRequest(clock, faultsWith(latency, cut, latency), request)).toEqual({
      delay_ms: 80,
      cut_after_bytes: 9,
    })
    expect(faultOfRequest(clock, faultsWith(), request)).toEqual({ delay_ms: 0 })
  })
})

describe('a rule of the edge that could never take effect is rejected', () => {
  it.each<[EdgeFaultRule, string]>([
    [
      { hostname: 'shop.example.com', effect: { refuse_registration: {} } },
      'hostname never matches: refuse_registration acts on a registration, which has none',
    ],
    [{ path: '/', effect: { stall: { ms: 5 } } }, 'path never matches: stall acts on a connection, which has none'],
    [{ path: 'images', effect: { latency: { ms: 5 } } }, 'path images never matches: paths start with a slash'],
    [{ nth: 1, times: 1, effect: { corrupt_frame: true } }, 'nth is one call alone'],
    [{ probability: 0.5, effect: { corrupt_frame: true } }, 'start the server with --random-seed'],
  ])('%j', (rule, sentence) => {
    expect(() => faultsWith(rule)).toThrow(FaultError)
    expect(() => faultsWith(rule)).toThrow(sentence)
  })

  it.each([
    [{}, 'effect: needs exactly one of "refuse_registration", '],
    [{ http_status: { status: 200 } }, 'effect.http_status.status: 200 is not a whole number from 400 to 599'],
    [{ refuse_registration: { cause: '' } }, 'effect.refuse_registration.cause: the text is empty'],
    [{ delay_registration: { ms: 0 } }, 'effect.delay_registration.ms: 0 is not a whole number from 1 to 3600000'],
  ])('by its model: %j', (effect, sentence) => {
    const problem = problemWith(Model, { effect })

    expect(`${problem?.where}: ${problem?.what}`).toContain(sentence)
  })

  it('when faults are turned off', () => {
    const faults = createEdgeFaults({ ...settings, inject_faults: false })

    expect(() => faults.add({ effect: { corrupt_frame: true } }, NOW)).toThrow('--inject-faults false')
  })
})

describe('the probability of a fault of the edge', () => {
  it('repeats with the random seed', () => {
    const hitsOf = () => {
      const faults = createEdgeFaults({ ...settings, random_seed: 7 })
      faults.add({ probability: 0.5, effect: { corrupt_frame: true } }, NOW)
      return Array.from({ length: 20 }, () => faultOfRegistration(clock, faults, place).is_unreadable)
    }

    expect(hitsOf()).toEqual(hitsOf())
    expect(new Set(hitsOf()).size).toBe(2)
  })
})

describe('a preset of the edge', () => {
  it.each<[EdgeFaultPreset, number, number]>([
    ['edge-outage', 3, 3],
    ['flapping', 0, 3],
    ['slow-propagation', 2, 0],
  ])('%s refuses %i and drops %i of three', (preset, refused, dropped) => {
    const rules = EDGE_FAULT_PRESETS[preset]
    const faults = faultsWith(...rules)
    const thrice = [1, 2, 3]

    expect(rules.map(rule => problemWith(Model, rule))).toEqual(rules.map(() => undefined))
    expect(thrice.filter(() => faultOfRegistration(clock, faults, place).refusal)).toHaveLength(refused)
    expect(thrice.filter(() => 'drop_after_ms' in faultOfConnection(clock, faults, place))).toHaveLength(dropped)
  })

  it('edge-outage is over after 30 seconds', () => {
    const faults = faultsWith(...EDGE_FAULT_PRESETS['edge-outage'])
    const later = { now: () => '2026-01-01T00:00:30.000000Z' }

    expect(faultOfRegistration(later, faults, place).refusal).toBeUndefined()
    expect(faultOfConnection(later, faults, place)).toEqual({})
  })
})

it('a fault of the edge counts by its effect', () => {
  const counters = createCounters()
  const faults = createEdgeFaults({ ...settings, counters })
  faults.add({ effect: { http_status: { status: 503 } } }, NOW)
  faultOfRequest(clock, faults, request)

  expect([...counters.read('faults_injected')]).toEqual([['http_status', 1]])
})
