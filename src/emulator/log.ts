/** What an emulator logs besides requests: what it loaded, and what happens to connections. */
import type { EventType, WorldEvent } from '../../schemas/control/event.ts'
import type { Options } from '../../schemas/options.ts'
import { connections } from '../resources/connections/index.ts'
import { countTunnels, findTunnel } from '../resources/tunnels/store.ts'
import { allZones } from '../resources/zones/default-zone.ts'
import { eventText } from '../world/event-text.ts'
import type { World } from '../world/world.ts'
import type { WorldHooks } from '../worlds/extensions.ts'

type Info = (fields: object, line: string) => void

/** What no request does by itself. Requests have their own lines. */
const LOGGED_EVENTS: readonly EventType[] = [...connections.event_types, 'tunnel_status_changed']

export function withEventLog(hooks: WorldHooks, info: Info): WorldHooks {
  return {
    ...hooks,
    started: world => {
      const stop = hooks.started(world)
      const unsubscribe = world.events.subscribe(event => logEvent(info, world, event), LOGGED_EVENTS)
      return end => {
        unsubscribe()
        stop(end)
      }
    },
  }
}

function logEvent(info: Info, world: World, event: WorldEvent): void {
  const { account_id = '', tunnel_id = '', at } = event
  const tunnel = findTunnel(world.db, account_id, tunnel_id, world.momentAt(at))?.name
  info({ world: world.id, event }, eventText(event, tunnel))
}

export function logStart(info: Info, { seed, db, clock }: Options, { db: data }: World, isNew: boolean): void {
  const seeds = seed.map(one => (typeof one === 'string' ? one : 'a state'))
  const tunnels = countTunnels(data)
  const zones = allZones(data).length
  const origin = isNew ? `loaded ${seeds.join(', ') || 'no seed'}` : `continued with the data of ${db}`
  const ignored = !isNew && seeds.length > 0 ? `; did not load ${seeds.join(', ')} over it` : ''
  const facts = [
    `${tunnels} tunnel${tunnels === 1 ? '' : 's'}`,
    `${zones} zone${zones === 1 ? '' : 's'}`,
    db === ':memory:' ? 'in memory' : `in ${db}`,
    clock === undefined ? 'clock running' : `clock frozen at ${clock}`,
  ]
  info(
    { seeds: isNew ? seeds : [], tunnels, zones, db, clock: clock ?? null },
    `${origin}${ignored}: ${facts.join(', ')}`,
  )
}
