import type { WorldEvent } from '../../schemas/control/event.ts'
import type { World } from '../world/world.ts'
import type { WorldHooks } from '../worlds/extensions.ts'
import { adopt } from './adoption.ts'
import type { ConfigurationPush } from './configuration-push.ts'
import type { LiveConnection } from './live-connection.ts'
import { deleteWhenGone } from './management/quick-tunnels.ts'
import type { WorldControls } from './management/world-controls.ts'
import type { Registry } from './registry.ts'

export interface EdgeHooksOptions {
  readonly registry: Registry
  readonly push: ConfigurationPush
  readonly controls: Pick<WorldControls, 'adoptFaults'>
}

/** Adds what the edge does when something happens in a world. */
export function withEdgeHooks(hooks: WorldHooks, { registry, push, controls }: EdgeHooksOptions): WorldHooks {
  const drop = (live: LiveConnection): void => {
    if (registry.remove(live)) live.destroy()
  }

  const react = (world: World, { type, connection_id = '', account_id = '', tunnel_id = '' }: WorldEvent): void => {
    if (type === 'configuration_published') {
      push.offerToAll(world.id, { account_tag: account_id, id: tunnel_id })
    } else {
      // The row has ended already, so only the socket is left.
      const live = registry.find(world.id, connection_id)
      if (live) drop(live)
    }
  }

  return {
    ...hooks,
    started: world => {
      controls.adoptFaults(world)
      const stop = hooks.started(world)
      const unsubscribe = world.events.subscribe(
        event => react(world, event),
        ['configuration_published', 'connection_closed', 'connection_lost'],
      )
      const stopDeleting = deleteWhenGone(world)
      return end => {
        stopDeleting()
        unsubscribe()
        stop(end)
        if (end === 'removed') registry.inWorld(world.id).forEach(drop)
      }
    },
    loaded: (world, scenario, now) => {
      hooks.loaded(world, scenario, now)
      for (const { tunnel, connector_id } of adopt(world, registry, now)) {
        push.offer(world.id, tunnel, connector_id, true)
      }
    },
  }
}
