import type { Explanation, TunnelExplanation } from '../../../schemas/control/explain.ts'
import type { ConfigurationRecord, ConnectorWithConnections, TunnelRecord } from '../../../schemas/records.ts'
import { fromBytes } from '../../cloudflared/go/bytes.ts'
import {
  createTarget,
  findMatchingRule,
  findMismatch,
  isAnyHost,
  matchesHostname,
  type RequestTarget,
} from '../../cloudflared/ingress/match.ts'
import { validateIngress } from '../../cloudflared/ingress/validate.ts'
import { isLive } from '../connections/rules.ts'

/** A tunnel that is not deleted, with its latest configuration and its tracked connectors. */
export interface Candidate {
  readonly tunnel: TunnelRecord
  readonly configuration: ConfigurationRecord | undefined
  readonly connectors: readonly ConnectorWithConnections[]
}

export interface Narrowing {
  readonly account_id?: string | undefined
  readonly tunnel_id?: string | undefined
}

/** What no client could ask for; the message says why. */
export class UnusableUrl extends Error {
  override readonly name = 'UnusableUrl'
}

type Rule = NonNullable<ConfigurationRecord['config']['ingress']>[number]

/**
 * What would serve a URL. In reality the DNS record of a hostname leads to its tunnel. There is no DNS here, so our choice is
 * to explain each tunnel that has a rule with a hostname for it, or the one that was asked for. Throws UnusableUrl.
 */
export function explain(text: string, candidates: readonly Candidate[], narrowing: Narrowing = {}): Explanation {
  const url = urlOf(text)
  const target = createTarget(url.host, unescaped(url.pathname))
  const within = candidates.filter(({ tunnel }) => isWithin(tunnel, narrowing))
  const naming = within.filter(candidate => names(candidate, target))
  const explained = narrowing.tunnel_id === undefined ? naming : within
  return {
    url: url.href,
    hostname: target.hostname,
    path: fromBytes(target.path),
    tunnels: explained.map(candidate => explanationOf(candidate, target)),
    why: whyThese(within, naming, target, narrowing),
  }
}

/**
 * Reads a URL as browsers do: the host in lower case and in punycode, dot segments gone. What the edge passes on to cloudflared
 * is taken to be just that (our choice).
 */
function urlOf(text: string): URL {
  const url = URL.parse(text)
  if (!url) throw new UnusableUrl(`"${text}" is no URL such as https://www.example.com/path`)
  if (!/^(?:http|ws)s?:$/.test(url.protocol)) {
    throw new UnusableUrl(`"${text}" is for ${url.protocol} while tunnels serve http:, https:, ws: and wss:`)
  }

  const broken = /%(?![\da-f]{2}).{0,2}/i.exec(url.pathname)?.[0]
  if (broken) throw new UnusableUrl(`"${text}" has the escape "${broken}" in its path, which cloudflared cannot read`)
  return url
}

function unescaped(path: string): string {
  return path.replace(/%(..)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function isWithin({ account_tag, id }: TunnelRecord, { account_id, tunnel_id }: Narrowing): boolean {
  return (
    (account_id === undefined || account_tag === account_id.toLowerCase()) &&
    (tunnel_id === undefined || id === tunnel_id.toLowerCase())
  )
}

/** A rule without a hostname of its own names no host, whatever its path. */
function names({ configuration }: Candidate, { hostname: requested }: RequestTarget): boolean {
  return rulesOf(configuration).some(({ hostname }) => !isAnyHost(hostname) && matchesHostname(hostname, requested))
}

function rulesOf(configuration: ConfigurationRecord | undefined): readonly Rule[] {
  return configuration?.config.ingress ?? []
}

function whyThese(
  within: readonly Candidate[],
  naming: readonly Candidate[],
  { hostname }: RequestTarget,
  { account_id, tunnel_id }: Narrowing,
): string {
  const where = account_id === undefined ? '' : ` in account ${account_id}`
  if (within.length === 0) return tunnel_id ? `there is no tunnel ${tunnel_id}${where}` : `there is no tunnel${where}`
  if (naming.length === 0) {
    const which =
      within.length === 1 ? `tunnel ${within[0]?.tunnel.name} has no` : `none of ${within.length} tunnels has a`
    return `${which} rule that names ${hostname}${where}`
  }
  if (naming.length === 1) return `tunnel ${naming[0]?.tunnel.name} has a rule that names ${hostname}`
  return `${naming.length} tunnels have a rule that names ${hostname}: its DNS record would decide`
}

function explanationOf({ tunnel, configuration, connectors }: Candidate, target: RequestTarget): TunnelExplanation {
  const about = { account_id: tunnel.account_tag, tunnel_id: tunnel.id, tunnel_name: tunnel.name }
  const version = configuration?.version ?? null
  const complaint = complaintAbout(configuration)
  if (complaint !== null) {
    return {
      ...about,
      version,
      rule: null,
      why: complaint,
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
    why: whyServing(rules, index, target),
    skipped: rules.slice(0, index).map((rule, nth) => ({ index: nth, why: whySkipped(rule, target) })),
    ...servingOf(tunnel, version, connectors.filter(isConnected)),
  }
}

/** A configuration may have got in unchecked; cloudflared would stay with the one before. */
function complaintAbout(configuration: ConfigurationRecord | undefined): string | null {
  if (!configuration) return 'the tunnel has no configuration'

  const complaint = validateIngress(configuration.config)
  return complaint === null ? null : `cloudflared refuses version ${configuration.version}: ${complaint}`
}

function whyServing(rules: readonly Rule[], index: number, target: RequestTarget): string {
  const { hostname, path } = rules[index] ?? {}
  const ofPath = path ? `path ${path} matches ${fromBytes(target.path)}` : ''
  if (!isAnyHost(hostname)) {
    const ofHostname = `hostname ${hostname} matches${hostname === target.hostname ? '' : ` ${target.hostname}`}`
    return ofPath ? `${ofHostname}, ${ofPath}` : ofHostname
  }
  if (ofPath) return `any hostname matches, ${ofPath}`
  return index === 0 ? 'catch-all: it is the only rule' : 'catch-all: no rule before it matches'
}

function whySkipped(rule: Rule, target: RequestTarget): string {
  return findMismatch(rule, target) === 'path'
    ? `path ${rule.path} does not match ${fromBytes(target.path)}`
    : whyAnotherHost(rule.hostname ?? '', target.hostname)
}

/** Wildcards that seem to match deserve a word more. */
function whyAnotherHost(hostname: string, requested: string): string {
  if (!hostname.startsWith('*.')) return `hostname ${hostname} is not ${requested}`

  const domain = hostname.slice(2)
  const end = requested.split('.').slice(-domain.split('.').length).join('.')
  const miss = `hostname ${hostname} does not match ${requested}`
  if (!matchesHostname(domain, end)) return miss
  return end === requested
    ? `${miss}: the wildcard stands for one label or more`
    : `${miss}: after a wildcard, neither upper case nor other scripts are converted`
}

type Serving = Pick<TunnelExplanation, 'serving' | 'serving_why'>

/** What the connectors of a local tunnel run stands in their own files; of the others the version is known. */
function servingOf(
  { config_src }: TunnelRecord,
  version: number | null,
  connected: readonly ConnectorWithConnections[],
): Serving {
  const connectors = counted(connected.length, 'connector')
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

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
