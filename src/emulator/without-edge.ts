import { loseWithoutSession } from '../resources/connections/ledger.ts'
import { runOrPostpone } from '../world/postpone.ts'
import type { WorldHooks } from '../worlds/extensions.ts'

/**
 * Without an edge, no session carries the connection of a real connector. Those that are live in the
 * data of a world are lost when it begins.
 */
export function withoutEdge(hooks: WorldHooks): WorldHooks {
  return {
    ...hooks,
    loaded: (world, scenario, now) => {
      hooks.loaded(world, scenario, now)
      runOrPostpone(world, now, at => loseWithoutSession(world, () => false, at))
    },
  }
}
