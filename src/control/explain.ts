import { ExplainRequest, Explanation } from '../../schemas/control/explain.ts'
import type { Moment, TunnelRecord } from '../../schemas/records.ts'
import { type Candidate, explain as explainUrl, UnusableUrl } from '../domain/explain.ts'
import { TooMuchWork } from '../domain/ingress/match.ts'
import type { World } from '../world/world.ts'
import { action } from './action.ts'
import { ControlError } from './errors.ts'

export const explain = action(
  {
    method: 'POST',
    path: '/explain',
    summary: 'Say which tunnel, version and rule would serve a URL',
    body: ExplainRequest,
    result: Explanation,
  },
  ({ world }, { url, ...narrowing }) => {
    const candidates = candidatesOf(world, world.moment())
    try {
      return explainUrl(url, candidates, narrowing)
    } catch (error) {
      if (error instanceof UnusableUrl) throw new ControlError('invalid', error.message)
      if (error instanceof TooMuchWork) throw new ControlError('refused', error.message)
      throw error
    }
  },
)

/** Every tunnel that is not deleted; connectors are read once for each account, whatever the number of its tunnels. */
const candidatesOf = ({ store }: World, moment: Moment): readonly Candidate[] => {
  const live = store.tunnels.all().filter(({ deleted_at }) => deleted_at === null)
  const ofAccount = ([account, tunnels]: [string, readonly TunnelRecord[]]): readonly Candidate[] => {
    const connectors = store.connectors.trackedOfMany(account, tunnels, moment)
    return tunnels.map(tunnel => ({
      tunnel,
      configuration: store.configurations.latest(tunnel),
      connectors: connectors.get(tunnel.id) ?? [],
    }))
  }
  return [...Map.groupBy(live, ({ account_tag }) => account_tag)].flatMap(ofAccount)
}
