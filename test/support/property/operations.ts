/** Random worlds and random sequences of operations, as plain data: so a counterexample shrinks far and reads like a story. */
import fc from 'fast-check'
import type { State, StateTunnel } from '../../../schemas/state.ts'
import { ACCOUNT, SECRET } from '../emulator.ts'
import { stampOf } from './facts.ts'

/** Few, so that they meet; told apart by case, and one the beginning of another, with what SQL's LIKE would misread. */
const NAMES = ['a', 'ab', 'A', 'a_', '%']

const OTHER_SECRET = btoa('another secret, of 32 bytes too.')

export const SERVICES = ['hello_world', 'http://localhost:8080', 'http_status:404']

/**
 * Which tunnel or connector: one of those that are there, counted round; the last number stands for none. Mostly the first, since
 * it takes several operations on one to bring about what is rare.
 */
export const NOBODY = 6
const who = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(NOBODY) })
const connectorOfTunnel = { tunnel: who, connector: who }

const name = fc.constantFrom(...NAMES)
const source = fc.constantFrom('local' as const, 'cloudflare' as const)
const secret = fc.constantFrom(SECRET, OTHER_SECRET, btoa('short'))
const count = fc.integer({ min: 1, max: 5 })
function maybe<T>(arbitrary: fc.Arbitrary<T>) {
  return fc.option(arbitrary, { nil: undefined })
}

const snapshot = fc.constantFrom('one', 'two')

/** An instant at which something happened, or just beside one. */
const instant = fc.record({ nth: fc.nat(30), offset: fc.integer({ min: -1, max: 1 }) })

const config = fc.oneof(
  { arbitrary: fc.constantFrom(...SERVICES).map(service => ({ ingress: [{ service }] })), weight: 4 },
  fc.constantFrom(undefined, {}, { ingress: [] }, { ingress: [{ hostname: 'a.example.com', service: 'hello_world' }] }),
)

const query = fc.record({
  name: maybe(name),
  uuid: maybe(who),
  is_deleted: maybe(fc.boolean()),
  status: maybe(fc.constantFrom('inactive', 'degraded', 'healthy', 'down')),
  prefix: maybe(fc.constantFrom('', ...NAMES)),
  alias: fc.boolean(),
  exclude_prefix: maybe(fc.constantFrom('', ...NAMES)),
  existed_at: maybe(instant),
  was_active_at: maybe(instant),
  was_inactive_at: maybe(instant),
  per_page: maybe(fc.integer({ min: 1, max: 3 })),
  page: maybe(fc.integer({ min: 1, max: 3 })),
})

function does<const Name extends string, Fields>(weight: number, verb: Name, fields: fc.Arbitrary<Fields>) {
  return {
    weight,
    verb,
    arbitrary: fields.map(given => ({ do: verb, ...given })),
  }
}

/** By weight: what brings a world about comes more often than what looks at it. */
const KINDS = [
  does(4, 'create', fc.record({ name, config_src: maybe(source), tunnel_secret: maybe(secret) })),
  does(2, 'update', fc.record({ tunnel: who, name: maybe(name), tunnel_secret: maybe(secret) })),
  does(1, 'delete', fc.record({ tunnel: who, cascade: fc.boolean() })),
  does(3, 'list', fc.record({ query })),
  does(1, 'get', fc.record({ tunnel: who })),
  does(2, 'put configuration', fc.record({ tunnel: who, config })),
  does(1, 'get configuration', fc.record({ tunnel: who })),
  does(1, 'list connections', fc.record({ tunnel: who })),
  does(4, 'clean up', fc.record({ tunnel: who, connector: maybe(who) })),
  does(1, 'get connector', fc.record({ tunnel: who, connector: who })),
  does(1, 'get token', fc.record({ tunnel: who })),
  does(1, 'manage', fc.record({ tunnel: who, path: fc.constantFrom('', '/logs', '/admin', '/host_details') })),
  does(4, 'connect', fc.record({ tunnel: who, connections: count, reconnects: fc.boolean() })),
  does(3, 'disconnect', fc.record({ ...connectorOfTunnel, graceful: fc.boolean(), connections: maybe(count) })),
  does(3, 'reconnect', fc.record({ ...connectorOfTunnel, connections: count })),
  does(1, 'drain', fc.record({ ...connectorOfTunnel, every: fc.constantFrom(0, 500, 1_000, 200_000) })),
  does(3, 'advance', fc.record({ ms: fc.constantFrom(0, 1, 999, 1_000, 150_000, 299_999, 300_000) })),
  does(1, 'save', fc.record({ snapshot })),
  does(1, 'restore', fc.record({ snapshot })),
  does(1, 'rewrite', fc.record({})),
  does(1, 'reset', fc.record({})),
] as const

const operation = fc.oneof(...KINDS)

export type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never
export type OperationOf<Name extends Operation['do']> = Extract<Operation, { do: Name }>

/** A story of a few verbs goes deeper than one of all of them: the same thing happens more often, and less comes in between. */
export const operations = fc
  .tuple(
    fc.array(operation, { maxLength: 60, size: 'max' }),
    fc.subarray<Operation['do']>(
      KINDS.map(({ verb }) => verb),
      { minLength: 6 },
    ),
  )
  .map(([story, verbs]) => story.filter(({ do: verb }) => verbs.includes(verb)))

/** A share of a span of time. */
const share = fc.integer({ min: 0, max: 4 })
function between(from: number, to: number, quarters: number): number {
  return from + Math.floor(((to - from) * quarters) / 4)
}

const connection = fc.record({ opens: share, lost: maybe(share), closed: maybe(share) })
const connector = fc.record({
  runs: share,
  reconnects: fc.boolean(),
  connections: fc.array(connection, { minLength: 1, maxLength: 5 }),
})
const tunnel = fc.record({
  name,
  age: fc.constantFrom(0, 1_000, 290_000, 1_200_000),
  deleted: maybe(share),
  config_src: source,
  gaps: fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 2 }),
  connectors: fc.array(connector, { maxLength: 2 }),
})
type Sketch = typeof tunnel extends fc.Arbitrary<infer T> ? T : never

/** A state that could have come about: times in order, and live names taken once. */
export const world = fc
  .uniqueArray(tunnel, {
    minLength: 1,
    maxLength: 3,
    selector: sketch => (sketch.deleted === undefined ? sketch.name : sketch),
  })
  .map((sketches): State => ({ tunnels: sketches.map(tunnelOf) }))

function tunnelOf({ name, age, deleted, config_src, gaps, connectors }: Sketch): StateTunnel {
  const end = deleted === undefined ? 0 : between(-age, 0, deleted)
  const versions = gaps.map((_, index) => gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0))
  return {
    account_tag: ACCOUNT,
    name,
    config_src,
    created_at: stampOf(-age),
    ...(deleted !== undefined && { deleted_at: stampOf(end) }),
    configurations: versions.map(version => ({ version, config: { ingress: [{ service: 'hello_world' }] } })),
    connectors: connectors.map(sketch => connectorOf(sketch, -age, end)),
  }
}

function connectorOf({ runs, reconnects, connections }: Sketch['connectors'][number], from: number, end: number) {
  const run = between(from, end, runs)
  const times = connections.map(({ opens, lost, closed }) => {
    const opened = between(run, end, opens)
    const lostAt = lost === undefined ? undefined : between(opened, end, lost)
    return {
      opened_at: stampOf(opened),
      ...(lostAt !== undefined && { lost_at: stampOf(lostAt) }),
      ...(closed !== undefined && { closed_at: stampOf(between(lostAt ?? opened, end, closed)) }),
    }
  })
  return { run_at: stampOf(run), reconnects, connections: times }
}
