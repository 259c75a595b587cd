import type { FaultEffect, FaultRule } from '../../../schemas/control/fault.ts'

/** An operation of the emulated API. Parameters in its path start with a colon. */
export interface KnownOperation {
  readonly operation: string
  readonly method: string
  readonly path: string
  /** Whether a stale fault can apply to it. */
  readonly can_lag: boolean
}

/** A call of the emulated API. Its path is without base path and query. */
export interface FaultCall extends KnownOperation {
  readonly account_id?: string | undefined
  readonly tunnel_id?: string | undefined
}

export function matches(rule: FaultRule, call: FaultCall): boolean {
  return (
    (rule.operation === undefined || rule.operation === call.operation) &&
    (rule.method === undefined || rule.method === call.method) &&
    (rule.account_id === undefined || isSameId(rule.account_id, call.account_id)) &&
    (rule.tunnel_id === undefined || isSameId(rule.tunnel_id, call.tunnel_id)) &&
    (rule.path === undefined || pathMatches(segmentsOf(rule.path), segmentsOf(call.path))) &&
    canApply(rule.effect, call)
  )
}

function canApply(effect: FaultEffect, { can_lag }: Pick<KnownOperation, 'can_lag'>): boolean {
  return !('stale' in effect) || can_lag
}

/** Ids are hex, so case does not matter. */
function isSameId(one: string, other: string | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase()
}

/** A parameter of a route, which matches any one segment. */
const PARAMETER = Symbol('parameter')

type Segment = string | typeof PARAMETER

/** In lower case, since ids are hex and no route has a capital letter. */
function segmentsOf(path: string): readonly string[] {
  return path.toLowerCase().split('/')
}

/** The segments of a route. The ids of the rule replace its parameters. */
function routeSegmentsOf(route: string, ids: Pick<FaultRule, 'account_id' | 'tunnel_id'> = {}): readonly Segment[] {
  const given = new Map([
    [':account_id', ids.account_id?.toLowerCase()],
    [':tunnel_id', ids.tunnel_id?.toLowerCase()],
  ])
  return segmentsOf(route).map(segment => (segment.startsWith(':') ? (given.get(segment) ?? PARAMETER) : segment))
}

/** Whether a pattern, which may contain stars, matches the path of a call or a route. */
export function pathMatches([expected, ...others]: readonly string[], [segment, ...rest]: readonly Segment[]): boolean {
  if (expected === undefined) return segment === undefined
  if (expected === '**') return others.length === 0
  if (segment === undefined) return false

  const isAny = expected === '*' || (segment === PARAMETER && !expected.includes('*'))
  return (isAny || expected === segment) && pathMatches(others, rest)
}

interface Condition {
  readonly holds: (rule: FaultRule, operation: KnownOperation) => boolean
  /** Says why no operation matches. `left`: the operations that met the earlier conditions. */
  readonly reason: (rule: FaultRule, left: readonly KnownOperation[], all: readonly KnownOperation[]) => string
}

function each(left: readonly KnownOperation[], key: 'operation' | 'method' | 'path'): string {
  return [...new Set(left.map(known => known[key]))].join(', ')
}

const API = 'the emulated API'

const CONDITIONS: readonly Condition[] = [
  {
    holds: (rule, { operation }) => rule.operation === undefined || rule.operation === operation,
    reason: ({ operation }, left) => `unknown operation ${operation}: there are ${each(left, 'operation')}`,
  },
  {
    holds: (rule, { method }) => rule.method === undefined || rule.method === method,
    reason: ({ operation, method }, left) =>
      `method ${method} never matches: ${operation ?? API} is called with ${each(left, 'method')}`,
  },
  {
    holds: (rule, { path }) => rule.path === undefined || pathMatches(segmentsOf(rule.path), routeSegmentsOf(path)),
    reason: ({ operation, method, path }, left) =>
      `path ${path} never matches: ${operation ?? method ?? API} is at ${each(left, 'path')}`,
  },
  {
    holds: ({ tunnel_id }, { path }) => tunnel_id === undefined || path.includes(':tunnel_id'),
    reason: (_rule, left) => `tunnel_id never matches: ${each(left, 'path')} has none`,
  },
  {
    holds: (rule, { path }) =>
      rule.path === undefined || pathMatches(segmentsOf(rule.path), routeSegmentsOf(path, rule)),
    reason: ({ path }) => `path ${path} never matches: it has another id than the rule itself`,
  },
  {
    holds: ({ effect }, operation) => canApply(effect, operation),
    reason: (_rule, _left, all) =>
      `stale takes no effect here: what can lag is ${each(
        all.filter(({ can_lag }) => can_lag),
        'operation',
      )}`,
  },
]

/** Why no call can match the rule, as one clear sentence; undefined if one can. */
export function whyUnmatchable(rule: FaultRule, known: readonly KnownOperation[]): string | undefined {
  let left = known
  for (const { holds, reason } of CONDITIONS) {
    const narrowed = left.filter(operation => holds(rule, operation))
    if (narrowed.length === 0) return reason(rule, left, known)
    left = narrowed
  }
  return undefined
}
