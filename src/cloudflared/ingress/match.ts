/**
 * Which ingress rule a request meets: cloudflared's FindMatchingRule (`ingress/ingress.go`) and Matches (`ingress/rule.go`),
 * for rules that its validator accepts. The first rule that matches serves, and the last one matches everything.
 */

import { type Bytes, toBytes } from '../go/bytes.ts'
import { isHostPort } from '../go/net.ts'
import { matchRegexp, stepsToMatch } from '../go/regexp.ts'
import type { IngressConfig } from './config.ts'

type Rule = Pick<NonNullable<IngressConfig['ingress']>[number], 'hostname' | 'path'>

/** What of a request decides. */
export interface Target {
  /** Without a port. */
  readonly hostname: string
  /** Unescaped (the proxy passes Go's `URL.Path`). */
  readonly path: Bytes
  /** Whether a regular expression is found in the path. Throws TooMuchWork when all that were tried take too long. */
  readonly meets: (pattern: string) => boolean
}

/** Our limit for what is tried on one request: some seconds of work at worst. A thousand usual expressions need a fifth of it. */
const MAX_STEPS = 10_000_000

export class TooMuchWork extends Error {}

/** Which half of a rule does not match. */
export type Miss = 'hostname' | 'path'

export function targetOf(host: string, path: Bytes): Target {
  const known = new Map<string, boolean>()
  let steps = 0

  const tried = (pattern: string): boolean => {
    steps += stepsToMatch(pattern, path)
    if (steps > MAX_STEPS) throw new TooMuchWork('the regular expressions of the rules take too long to try')
    return matchRegexp(pattern, path)
  }
  return {
    hostname: withoutPort(host),
    path,
    meets: pattern => {
      const met = known.get(pattern) ?? tried(pattern)
      known.set(pattern, met)
      return met
    },
  }
}

/** Go's SplitHostPort, which takes the brackets off an IPv6 address only where a port follows. */
function withoutPort(host: string): string {
  return isHostPort(host) ? host.slice(0, host.lastIndexOf(':')).replace(/^\[|\]$/g, '') : host
}

/** The index of the rule that serves. */
export function findMatchingRule(rules: readonly Rule[], target: Target): number {
  const index = rules.findIndex(rule => missOf(rule, target) === undefined)
  return index < 0 ? rules.length - 1 : index
}

/** Undefined for a rule that matches. */
export function missOf({ hostname, path }: Rule, target: Target): Miss | undefined {
  if (!isAnyHost(hostname) && !matchesHostname(hostname, target.hostname)) return 'hostname'
  return path && !target.meets(path.toWellFormed()) ? 'path' : undefined
}

export function isAnyHost(hostname: string | undefined): boolean {
  return !hostname || hostname === '*'
}

/** The text is compared as it is, upper case and all; without a wildcard also in its form in ASCII. */
export function matchesHostname(hostname = '', requested: string): boolean {
  if (hostname === requested) return true
  return hostname.startsWith('*.') ? requested.endsWith(hostname.slice(1)) : toAscii(hostname) === requested
}

/**
 * Go's idna.Lookup.ToASCII: lower case and punycode. Undefined where it refuses, as it does for any hostname with an underscore,
 * or with a wildcard: so `*.Example.com` never meets a host in lower case (measured with cloudflared).
 *
 * JavaScript has this in its parser of URLs alone, which refuses less: not the characters that no hostname has (rule STD3),
 * nor hyphens at an end or in third and fourth place of a label. Go still refuses more: some very young and some ancient
 * characters, numbers as labels beside Hebrew or Arabic ones, broken punycode.
 */
function toAscii(hostname: string): string | undefined {
  if (hostname.length > LONGEST_HOSTNAME) return undefined
  if (/[^\P{ASCII}a-zA-Z\d.-]/u.test(hostname.normalize('NFKD'))) return undefined
  if (mapped(hostname).split('.').some(isBadLabel)) return undefined

  // With this label at the end, the parser does not take `1.2` for an IPv4 address.
  return URL.parse(`http://${hostname}${END}`)?.hostname.slice(0, -END.length) || undefined
}

const END = '.end'

/** What fits into DNS (RFC 1035). To put a text into normal form takes quadratic time. */
const LONGEST_HOSTNAME = 253

/** As good as what Go looks for hyphens in. */
function mapped(hostname: string): string {
  return hostname
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll('\u3002', '.')
}

/** Go counts places in bytes. */
function isBadLabel(label: string): boolean {
  return /^-|-$/.test(label) || (!label.startsWith('xn--') && /^..--./s.test(toBytes(label)))
}
