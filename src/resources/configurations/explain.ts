import type { Explanation, TunnelExplanation } from '../../../schemas/control/explain.ts'
import type { ConfigurationRecord, ConnectorWithConnections, TunnelRecord } from '../../../schemas/records.ts'
import { fromBytes } from '../../cloudflared/go/bytes.ts'
import {
  createTarget,
  DEFAULT_RULES,
  findMatchingRule,
  findMismatch,
  isAnyHost,
  matchesHostname,
  type RequestTarget,
} from '../../cloudflared/ingress/match.ts'
import { validateIngress } from '../../cloudflared/ingress/validate.ts'
import { isLive } from '../connections/rules.ts'
import { type Candidate, type Route, type Rule, rulesOf, type Scope, selectTunnels } from './select-tunnels.ts'

/** A URL that no client can request. The message says why. */
export class UnusableUrl extends Error {
  override readonly name = 'UnusableUrl'
}

/**
 * Explains which rules would serve a URL: those of the requested tunnel, or of the tunnel to which
 * DNS leads, if `findRoute` finds where it leads. Throws UnusableUrl.
 */
export function explain(
  text: string,
  candidates: readonly Candidate[],
  scope: Scope = {},
  findRoute: (hostname: string) => Route | undefined = () => undefined,
): Explanation {
  const url = parseUrl(text)
  const target = createTarget(url.host, decodePath(url.pathname))
  const route = findRoute(target.hostname)
  const { selected, why } = selectTunnels(candidates, scope, target, route)
  return {
    url: url.href,
    hostname: target.hostname,
    path: fromBytes(target.path),
    dns: route?.dns ?? null,
    tunnels: selected.map(candidate => explainTunnel(candidate, target)),
    why,
  }
}

/**
 * Parses a URL as browsers do: it lowercases the host, converts it to punycode and resolves dot
 * segments. We assume that the edge passes exactly that to cloudflared (our choice).
 */
function parseUrl(text: string): URL {
  const url = URL.parse(text)
  if (!url) throw new UnusableUrl(`"${text}" is no URL such as https://www.example.com/path`)
  if (!/^(?:http|ws)s?:$/.test(url.protocol)) {
    throw new UnusableUrl(`"${text}" is for ${url.protocol} while tunnels serve http:, https:, ws: and wss:`)
  }

  const broken = /%(?![\da-f]{2}).{0,2}/i.exec(url.pathname)?.[0]
  if (broken) throw new UnusableUrl(`"${text}" has the escape "${broken}" in its path, which cloudflared cannot read`)
  return url
}

function decodePath(path: string): string {
  return path.replace(/%(..)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function explainTunnel({ tunnel, configuration, connectors }: Candidate, target: RequestTarget): TunnelExplanation {
  const about = { account_id: tunnel.account_tag, tunnel_id: tunnel.id, tunnel_name: tunnel.name }
  const version = configuration?.version ?? null
  const problem = configurationProblem(configuration)
  if (problem !== null) {
    return {
      ...about,
      version,
      rule: null,
      why: problem,
      skipped: [],
      serving: false,
      serving_why: 'no rule to serve',
    }
  }

  const rules = rulesOf(configuration)
  const index = findMatchingRule(rules, target)
  const { hostname = null, path = null, service = null } = rules[index] ?? {}
  return {
    ...about,
    version,
    rule: { index, hostname, path, service },
    why: reasonForMatch(rules, index, target),
    skipped: rules.slice(0, index).map((rule, position) => ({ index: position, why: reasonForSkip(rule, target) })),
    ...servingState(tunnel, version, connectors.filter(isConnected)),
  }
}

/**
 * The emulator may have stored a configuration unchecked. cloudflared would then keep the previous
 * one.
 */
function configurationProblem(configuration: ConfigurationRecord | undefined): string | null {
  if (!configuration) return 'the tunnel has no configuration'

  const problem = validateIngress({ ...configuration.config, ingress: rulesOf(configuration) })
  return problem === null ? null : `cloudflared refuses version ${configuration.version}: ${problem}`
}

function reasonForMatch(rules: readonly Rule[], index: number, target: RequestTarget): string {
  if (rules === DEFAULT_RULES) return 'the configuration has no rules, so cloudflared answers 503'
  const { hostname, path } = rules[index] ?? {}
  const ofPath = path ? `path ${path} matches ${fromBytes(target.path)}` : ''
  if (!isAnyHost(hostname)) {
    const ofHostname = `hostname ${hostname} matches${hostname === target.hostname ? '' : ` ${target.hostname}`}`
    return ofPath ? `${ofHostname}, ${ofPath}` : ofHostname
  }
  if (ofPath) return `any hostname matches, ${ofPath}`
  return index === 0 ? 'catch-all: it is the only rule' : 'catch-all: no rule before it matches'
}

function reasonForSkip(rule: Rule, target: RequestTarget): string {
  return findMismatch(rule, target) === 'path'
    ? `path ${rule.path} does not match ${fromBytes(target.path)}`
    : reasonForHostMismatch(rule.hostname ?? '', target.hostname)
}

/** Explains more about a wildcard that only seems to match. */
function reasonForHostMismatch(hostname: string, requested: string): string {
  if (!hostname.startsWith('*.')) return `hostname ${hostname} is not ${requested}`

  const domain = hostname.slice(2)
  const end = requested.split('.').slice(-domain.split('.').length).join('.')
  const mismatch = `hostname ${hostname} does not match ${requested}`
  if (!matchesHostname(domain, end)) return mismatch
  return end === requested
    ? `${mismatch}: the wildcard stands for one label or more`
    : `${mismatch}: after a wildcard, neither upper case nor other scripts are converted`
}

type ServingState = Pick<TunnelExplanation, 'serving' | 'serving_why'>

/** Connectors of a local tunnel read their own files, so only remote ones have a known version. */
function servingState(
  { config_src }: TunnelRecord,
  version: number | null,
  connected: readonly ConnectorWithConnections[],
): ServingState {
  const connectors = pluralize(connected.length, 'connector')
  if (connected.length === 0) return { serving: false, serving_why: 'the tunnel has no live connection' }
  if (config_src === 'local') return { serving: true, serving_why: `${connectors} connected, configured locally` }

  const behind = connected.filter(({ config_version }) => config_version !== version)
  if (behind.length === 0) return { serving: true, serving_why: `${connectors} connected, on version ${version}` }

  const where = behind.map(({ id, config_version }) => `${id} on ${config_version ?? 'none'}`).join(', ')
  return {
    serving: behind.length < connected.length,
    serving_why: `${behind.length} of ${connectors} not on version ${version}: ${where}`,
  }
}

function isConnected({ connections }: ConnectorWithConnections): boolean {
  return connections.some(isLive)
}

function pluralize(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
