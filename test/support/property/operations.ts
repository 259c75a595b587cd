/** Random worlds and operations as plain data, so that counterexamples shrink and are readable. */
import fc from 'fast-check'
import type { State, StateTunnel } from '../../../schemas/state.ts'
import { ACCOUNT, SECRET } from '../emulator.ts'
import { stampOf } from './facts.ts'

/** Few names, so that they collide. They include prefixes, both cases and wildcards of LIKE. */
const NAMES = ['a', 'ab', 'A', 'a_', '%']

const OTHER_SECRET = btoa('another secret, of 32 bytes too.')

export const SERVICES = ['hello_world', 'http://localhost:8080', 'http_status:404']

/**
 * Chooses a tunnel or connector by number, modulo how many exist. The last number means an unknown
 * one. Mostly it chooses the first, because rare states need several operations on one.
 */
export const UNKNOWN = 6
const target = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(UNKNOWN) })
const connectorOfTunnel = { tunnel: target, connector: target }

const name = fc.constantFrom(...NAMES)
const source = fc.constantFrom('local' as const, 'cloudflare' as const)
const secret = fc.constantFrom(SECRET, OTHER_SECRET, btoa('short'), '')
const count = fc.integer({ min: 1, max: 5 })
function maybe<T>(arbitrary: fc.Arbitrary<T>) {
  return fc.option(arbitrary, { nil: undefined })
}

const snapshot = fc.constantFrom('one', 'two')

/** A time at which something changed, or a millisecond before or after. */
const instant = fc.record({ nth: fc.nat(30), offset: fc.integer({ min: -1, max: 1 }) })

const config = fc.oneof(
  { arbitrary: fc.constantFrom(...SERVICES).map(service => ({ ingress: [{ service }] })), weight: 4 },
  fc.constantFrom(undefined, {}, { ingress: [] }, { ingress: [{ hostname: 'a.example.com', service: 'hello_world' }] }),
)

const query = fc.record({
  name: maybe(name),
  uuid: maybe(target),
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

function kind<const Name extends string, Fields>(weight: number, verb: Name, fields: fc.Arbitrary<Fields>) {
  return {
    weight,
    verb,
    arbitrary: fields.map(values => ({ do: verb, ...values })),
  }
}

/** With weights: operations that change a world are more frequent than reads. */
const KINDS = [
  kind(4, 'create', fc.record({ name, config_src: maybe(source), tunnel_secret: maybe(secret) })),
  kind(2, 'update', fc.record({ tunnel: target, name: maybe(name), tunnel_secret: maybe(secret) })),
  kind(1, 'delete', fc.record({ tunnel: target, cascade: fc.boolean() })),
  kind(3, 'list', fc.record({ query })),
  kind(1, 'get', fc.record({ tunnel: target })),
  kind(2, 'put configuration', fc.record({ tunnel: target, config })),
  kind(1, 'get configuration', fc.record({ tunnel: target })),
  kind(1, 'list connections', fc.record({ tunnel: target })),
  kind(4, 'clean up', fc.record({ tunnel: target, connector: maybe(target) })),
  kind(1, 'get connector', fc.record({ tunnel: target, connector: target })),
  kind(1, 'get token', fc.record({ tunnel: target })),
  kind(1, 'manage', fc.record({ tunnel: target, path: fc.constantFrom('', '/logs', '/admin', '/host_details') })),
  kind(4, 'connect', fc.record({ tunnel: target, connections: count, reconnects: fc.boolean() })),
  kind(3, 'disconnect', fc.record({ ...connectorOfTunnel, graceful: fc.boolean(), connections: maybe(count) })),
  kind(3, 'reconnect', fc.record({ ...connectorOfTunnel, connections: count })),
  kind(1, 'drain', fc.record({ ...connectorOfTunnel, every: fc.constantFrom(0, 500, 1_000, 200_000) })),
  kind(3, 'advance', fc.record({ ms: fc.constantFrom(0, 1, 999, 1_000, 150_000, 299_999, 300_000) })),
  kind(1, 'save', fc.record({ snapshot })),
  kind(1, 'restore', fc.record({ snapshot })),
  kind(1, 'rewrite', fc.record({})),
  kind(1, 'reset', fc.record({})),
] as const

const operation = fc.oneof(...KINDS)

export type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never
export type OperationOf<Name extends Operation['do']> = Extract<Operation, { do: Name }>

/** Each sequence uses some kinds of operations only, which repeats and combines them more often. */
export const operations = fc
  .tuple(
    fc.array(operation, { maxLength: 60, size: 'max' }),
    fc.subarray<Operation['do']>(
      KINDS.map(({ verb }) => verb),
      { minLength: 6 },
    ),
  )
  .map(([sequence, kinds]) => sequence.filter(({ do: kind }) => kinds.includes(kind)))

/** A position in a period, in quarters. */
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
type RandomTunnel = typeof tunnel extends fc.Arbitrary<infer T> ? T : never

/** A valid state: times are in order, and live tunnels have different names. */
export const world = fc
  .uniqueArray(tunnel, {
    minLength: 1,
    maxLength: 3,
    selector: tunnel => (tunnel.deleted === undefined ? tunnel.name : tunnel),
  })
  .map((tunnels): State => ({ tunnels: tunnels.map(tunnelOf) }))

function tunnelOf({ name, age, deleted, config_src, gaps, connectors }: RandomTunnel): StateTunnel {
  const end = deleted === undefined ? 0 : between(-age, 0, deleted)
  const versions = gaps.map((_, index) => gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0))
  return {
    account_tag: ACCOUNT,
    name,
    config_src,
    created_at: stampOf(-age),
    ...(deleted !== undefined && { deleted_at: stampOf(end) }),
    configurations: versions.map(version => ({ version, config: { ingress: [{ service: 'hello_world' }] } })),
    connectors: connectors.map(connector => connectorOf(connector, -age, end)),
  }
}

function connectorOf({ runs, reconnects, connections }: RandomTunnel['connectors'][number], from: number, end: number) {
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
