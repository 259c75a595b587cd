import { ControlError } from '../../schemas/control/control-error.ts'
import type { ExplainRequest, Explanation } from '../../schemas/control/explain.ts'
import type { Moment, TunnelRecord } from '../../schemas/records.ts'
import { TooManyStepsError } from '../cloudflared/ingress/match.ts'
import { redacted, redactedText } from '../gateway/redaction.ts'
import { type Candidate, explain, UnusableUrl } from '../resources/configurations/explain.ts'
import { latestConfiguration } from '../resources/configurations/store.ts'
import { trackedConnectorsByTunnel } from '../resources/connections/store.ts'
import { allTunnels } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'

/** Without the passwords of services. Throws a ControlError for a URL that cannot be explained. */
export function explainUrl(world: World, { url, ...narrowing }: ExplainRequest): Explanation {
  const candidates = candidatesOf(world, world.moment())
  try {
    return redacted(explain(url, candidates, narrowing)) as Explanation
  } catch (error) {
    if (error instanceof UnusableUrl) throw new ControlError('invalid', redactedText(error.message))
    if (error instanceof TooManyStepsError) throw new ControlError('refused', error.message)
    throw error
  }
}

/** Every tunnel that is not deleted. One query reads the connectors of a whole account. */
function candidatesOf({ db }: World, moment: Moment): readonly Candidate[] {
  const live = allTunnels(db).filter(({ deleted_at }) => deleted_at === null)
  const ofAccount = ([account, tunnels]: [string, readonly TunnelRecord[]]): readonly Candidate[] => {
    const connectors = trackedConnectorsByTunnel(db, account, tunnels, moment)
    return tunnels.map(tunnel => ({
      tunnel,
      configuration: latestConfiguration(db, tunnel),
      connectors: connectors.get(tunnel.id) ?? [],
    }))
  }
  return [...Map.groupBy(live, ({ account_tag }) => account_tag)].flatMap(ofAccount)
}
