import type { Finding } from '../../../schemas/control/lint.ts'
import type { TunnelRecord } from '../../../schemas/records.ts'
import type { Reader } from '../../store/database.ts'
import { latestConfiguration } from '../configurations/store.ts'
import { liveTunnels } from '../tunnels/store.ts'
import { hostname as asciiHostname } from './names.ts'
import { createResolver, type Resolution, type Resolver } from './resolve.ts'
import { targetOf, tunnelTarget } from './tunnel-link.ts'

/** Hostnames of configurations that DNS does not lead to their tunnel. */
export function* lintHostnames(db: Reader): Iterable<Finding | undefined> {
  const resolver = createResolver(db)
  yield
  for (const tunnel of liveTunnels(db)) {
    yield
    for (const hostname of hostnamesOf(db, tunnel)) {
      const why = missingLink(hostname, tunnel, resolver)
      if (why === undefined) continue
      yield {
        rule: 'hostname_without_dns',
        message: `${hostname} of tunnel ${tunnel.name} needs a proxied CNAME record for ${tunnelTarget(tunnel.id)}: ${why}`,
        account_id: tunnel.account_tag,
        id: tunnel.id,
        name: hostname,
      }
    }
  }
}

/** In ASCII, without those that no DNS name can match. */
function hostnamesOf(db: Reader, tunnel: TunnelRecord): ReadonlySet<string> {
  const { ingress = [] } = latestConfiguration(db, tunnel)?.config ?? {}
  return new Set(ingress.flatMap(({ hostname = '' }) => asciiHostname(hostname) ?? []))
}

/** Undefined too when DNS does not decide, and when the record is a finding itself. */
function missingLink(hostname: string, tunnel: TunnelRecord, { resolve, namesBelow }: Resolver): string | undefined {
  const leadsHere = (resolution: Resolution | undefined) =>
    resolution?.tunnel?.id === tunnel.id && resolution.tunnel.account_tag === tunnel.account_tag
  const resolution = resolve(hostname)
  if (!resolution || leadsHere(resolution)) return undefined
  const last = resolution.records.at(-1)
  if (!resolution.tunnel && last && targetOf(last) !== undefined) return undefined

  // One rule with a wildcard may serve many names that have a record each.
  const isServed = hostname.startsWith('*.') && namesBelow(hostname.slice(2)).some(name => leadsHere(resolve(name)))
  return isServed ? undefined : resolution.why
}
