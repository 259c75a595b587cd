/**
 * Which ingress rule serves a request: cloudflared's FindMatchingRule (`ingress/ingress.go`) and
 * Matches (`ingress/rule.go`), for rules that its validator accepts. The first rule that matches
 * serves the request, and the last one matches everything.
 */

import { type Bytes, toBytes } from '../go/bytes.ts'
import { isHostPort } from '../go/net.ts'
import { matchRegexp, maxStepsToMatch } from '../go/regexp.ts'
import type { IngressConfig } from './config.ts'

type Rule = Pick<NonNullable<IngressConfig['ingress']>[number], 'hostname' | 'path'>

/** The parts of a request that decide which rule serves it. */
export interface RequestTarget {
  /** Without a port. */
  readonly hostname: string
  /** Unescaped, because the proxy passes Go's `URL.Path`. */
  readonly path: Bytes
  /**
   * Whether a regular expression matches anywhere in the path. Throws TooManyStepsError if the
   * expressions tried so far could take too long.
   */
  readonly pathMatches: (pattern: string) => boolean
}

/**
 * Our limit for one request: a few seconds at worst. A thousand ordinary expressions need a fifth
 * of it.
 */
const MAX_STEPS = 10_000_000

export class TooManyStepsError extends Error {
  override readonly name = 'TooManyStepsError'
}

/** The part of a rule that does not match. */
export type Mismatch = 'hostname' | 'path'

export function createTarget(host: string, path: Bytes): RequestTarget {
  const results = new Map<string, boolean>()
  let steps = 0

  const match = (pattern: string): boolean => {
    steps += maxStepsToMatch(pattern, path)
    if (steps > MAX_STEPS) throw new TooManyStepsError('the regular expressions of the rules take too long to try')
    return matchRegexp(pattern, path)
  }
  return {
    hostname: withoutPort(host),
    path,
    pathMatches: pattern => {
      const matches = results.get(pattern) ?? match(pattern)
      results.set(pattern, matches)
      return matches
    },
  }
}

/**
 * Go's SplitHostPort, which removes the brackets of an IPv6 address only if a port follows them.
 */
function withoutPort(host: string): string {
  return isHostPort(host) ? host.slice(0, host.lastIndexOf(':')).replace(/^\[|\]$/g, '') : host
}

/**
 * What cloudflared runs if a configuration has no rules (`orchestration/orchestrator.go` and
 * `ingress/ingress.go`).
 */
export const DEFAULT_RULES = [{ service: 'http_status:503' }] as const

/** The index of the rule that serves the request. */
export function findMatchingRule(rules: readonly Rule[], target: RequestTarget): number {
  const index = rules.findIndex(rule => findMismatch(rule, target) === undefined)
  return index < 0 ? rules.length - 1 : index
}

/** Undefined for a rule that matches. */
export function findMismatch({ hostname, path }: Rule, target: RequestTarget): Mismatch | undefined {
  if (!isAnyHost(hostname) && !matchesHostname(hostname, target.hostname)) return 'hostname'
  return path && !target.pathMatches(path.toWellFormed()) ? 'path' : undefined
}

export function isAnyHost(hostname: string | undefined): boolean {
  return !hostname || hostname === '*'
}

/** Compares the text as it is, case included; without a wildcard also in its ASCII form. */
export function matchesHostname(hostname = '', requested: string): boolean {
  if (hostname === requested) return true
  return hostname.startsWith('*.') ? requested.endsWith(hostname.slice(1)) : toAscii(hostname) === requested
}

/**
 * Go's idna.Lookup.ToASCII: lower case and punycode. Undefined where Go fails, as it does for a
 * hostname with an underscore or a wildcard: `*.Example.com` never matches a lower-case host
 * (measured with cloudflared).
 *
 * JavaScript does this only in its URL parser, which accepts more. We add two checks: characters
 * that STD3 forbids, and hyphens at either end of a label or in its third and fourth place. Go
 * still rejects more: some very new and some ancient characters, numeric labels next to Hebrew or
 * Arabic ones, and invalid punycode.
 */
function toAscii(hostname: string): string | undefined {
  if (hostname.length > MAX_HOSTNAME_LENGTH) return undefined
  if (/[^\P{ASCII}a-zA-Z\d.-]/u.test(hostname.normalize('NFKD'))) return undefined
  if (normalizeHostname(hostname).split('.').some(isInvalidLabel)) return undefined

  // A label at the end keeps the parser from reading `1.2` as an IPv4 address.
  return URL.parse(`http://${hostname}${LAST_LABEL}`)?.hostname.slice(0, -LAST_LABEL.length) || undefined
}

const LAST_LABEL = '.end'

/** The limit of DNS (RFC 1035). Without a limit, normalization could take quadratic time. */
const MAX_HOSTNAME_LENGTH = 253

/** Close enough to the form in which Go checks hyphens. */
function normalizeHostname(hostname: string): string {
  return hostname
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll('\u3002', '.')
}

/** Go counts positions in bytes. */
function isInvalidLabel(label: string): boolean {
  return /^-|-$/.test(label) || (!label.startsWith('xn--') && /^..--./s.test(toBytes(label)))
}
