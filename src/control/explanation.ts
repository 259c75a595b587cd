import { ControlError } from '../../schemas/control/control-error.ts'
import type { ExplainRequest, Explanation } from '../../schemas/control/explain.ts'
import type { Moment, TunnelRecord } from '../../schemas/records.ts'
import { TooManyStepsError } from '../cloudflared/ingress/match.ts'
import { redacted, redactedText } from '../gateway/redaction.ts'
import { explain, UnusableUrl } from '../resources/configurations/explain.ts'
import type { Candidate, Route } from '../resources/configurations/select-tunnels.ts'
import { latestConfiguration } from '../resources/configurations/store.ts'
import { trackedConnectorsByTunnel } from '../resources/connections/store.ts'
import { createResolver } from '../resources/dns-records/resolve.ts'
import { liveTunnels } from '../resources/tunnels/store.ts'
import type { Database } from '../store/database.ts'
import type { World } from '../world/world.ts'

/** Without the passwords of services. Throws a ControlError for a URL that cannot be explained. */
export function explainUrl(world: World, { url, ...narrowing }: ExplainRequest): Explanation {
  const candidates = candidatesOf(world, world.moment())
  try {
    return redacted(explain(url, candidates, narrowing, hostname => findRoute(world.db, hostname))) as Explanation
  } catch (error) {
    if (error instanceof UnusableUrl) throw new ControlError('invalid', redactedText(error.message))
    if (error instanceof TooManyStepsError) throw new ControlError('refused', error.message)
    throw error
  }
}

/** Every tunnel that is not deleted. One query reads the connectors of a whole account. */
function candidatesOf({ db }: World, moment: Moment): readonly Candidate[] {
  const ofAccount = ([account, tunnels]: [string, readonly TunnelRecord[]]): readonly Candidate[] => {
    const connectors = trackedConnectorsByTunnel(db, account, tunnels, moment)
    return tunnels.map(tunnel => ({
      tunnel,
      configuration: latestConfiguration(db, tunnel),
      connectors: connectors.get(tunnel.id) ?? [],
    }))
  }
  return [...Map.groupBy(liveTunnels(db), ({ account_tag }) => account_tag)].flatMap(ofAccount)
}

/** Where DNS leads a hostname; undefined where it does not decide. */
function findRoute(db: Database, hostname: string): Route | undefined {
  const found = createResolver(db).resolve(hostname)
  if (!found) return undefined

  const { zone, tunnel, missing, why } = found
  const records = found.records.map(({ id, type, name, content, proxied }) => ({ id, type, name, content, proxied }))
  return {
    dns: {
      zone_id: zone.id,
      zone_name: zone.name,
      account_id: zone.account_id,
      records,
      tunnel_id: tunnel?.id ?? null,
      missing_link: missing ?? null,
    },
    why,
  }
}
