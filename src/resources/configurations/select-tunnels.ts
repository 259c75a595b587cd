/** Which tunnels a URL concerns, and why. */
import type { DnsPath } from '../../../schemas/control/explain.ts'
import type { ConfigurationRecord, ConnectorWithConnections, TunnelRecord } from '../../../schemas/records.ts'
import { DEFAULT_RULES, isAnyHost, matchesHostname, type RequestTarget } from '../../cloudflared/ingress/match.ts'

/** A live tunnel with its latest configuration and its tracked connectors. */
export interface Candidate {
  readonly tunnel: TunnelRecord
  readonly configuration: ConfigurationRecord | undefined
  readonly connectors: readonly ConnectorWithConnections[]
}

export interface Scope {
  readonly account_id?: string | undefined
  readonly tunnel_id?: string | undefined
}

/** Where DNS leads a hostname. */
export interface Route {
  readonly dns: DnsPath
  /** How it leads to the tunnel, or which link is missing. */
  readonly why: string
}

export type Rule = NonNullable<ConfigurationRecord['config']['ingress']>[number]

interface Selection {
  readonly selected: readonly Candidate[]
  readonly why: string
}

/**
 * The tunnel to which DNS leads. Where DNS does not decide, each tunnel with a rule for the hostname
 * (our choice). A requested tunnel is selected in any case.
 */
export function selectTunnels(
  candidates: readonly Candidate[],
  scope: Scope,
  target: RequestTarget,
  route: Route | undefined,
): Selection {
  const inScope = candidates.filter(({ tunnel }) => isInScope(tunnel, scope))
  const matching = inScope.filter(candidate => namesHost(candidate, target))
  const led = route && inScope.find(({ tunnel }) => isLedTo(tunnel, route))
  const selected = route ? (led ? [led] : []) : matching
  return {
    selected: scope.tunnel_id === undefined ? selected : inScope,
    why: route ? reasonForRoute(route, led, matching, scope) : reasonForMatches(inScope, matching, target, scope),
  }
}

function isLedTo({ account_tag, id }: TunnelRecord, { dns: { account_id, tunnel_id } }: Route): boolean {
  return account_tag === account_id && id === tunnel_id
}

function reasonForRoute(
  { dns, why }: Route,
  led: Candidate | undefined,
  matching: readonly Candidate[],
  { account_id, tunnel_id }: Scope,
): string {
  if (dns.tunnel_id === null) return why
  if (led) return matching.includes(led) ? why : `${why}, which has no rule that names the host`
  return `${why}, not to ${tunnel_id ? `tunnel ${tunnel_id}` : `one of account ${account_id}`}`
}

function isInScope({ account_tag, id }: TunnelRecord, { account_id, tunnel_id }: Scope): boolean {
  return (
    (account_id === undefined || account_tag === account_id.toLowerCase()) &&
    (tunnel_id === undefined || id === tunnel_id.toLowerCase())
  )
}

/** Whether a rule names this host. A rule for any host names none, whatever its path. */
function namesHost({ configuration }: Candidate, { hostname: requested }: RequestTarget): boolean {
  return rulesOf(configuration).some(({ hostname }) => !isAnyHost(hostname) && matchesHostname(hostname, requested))
}

export function rulesOf(configuration: ConfigurationRecord | undefined): readonly Rule[] {
  const { ingress = [] } = configuration?.config ?? {}
  return ingress.length > 0 ? ingress : DEFAULT_RULES
}

function reasonForMatches(
  inScope: readonly Candidate[],
  matching: readonly Candidate[],
  { hostname }: RequestTarget,
  { account_id, tunnel_id }: Scope,
): string {
  const where = account_id === undefined ? '' : ` in account ${account_id}`
  if (inScope.length === 0) return tunnel_id ? `there is no tunnel ${tunnel_id}${where}` : `there is no tunnel${where}`
  if (matching.length === 0) {
    const which =
      inScope.length === 1 ? `tunnel ${inScope[0]?.tunnel.name} has no` : `none of ${inScope.length} tunnels has a`
    return `${which} rule that names ${hostname}${where}`
  }
  if (matching.length === 1) return `tunnel ${matching[0]?.tunnel.name} has a rule that names ${hostname}`
  return `${matching.length} tunnels have a rule that names ${hostname}: its DNS record would decide`
}
