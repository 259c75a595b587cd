/** What the registration of a connection means for its world, and what its end means. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { CLOUDFLARED } from '../cloudflared/defaults.ts'
import { coloOf } from '../resources/connections/rules.ts'
import type { Worlds } from '../worlds/registry.ts'
import type { ConfigurationPush } from './configuration-push.ts'
import { type Admitted, admit, enter, leave, type Refused, refusedRegistration, toldLocal } from './ledger.ts'
import type { LiveConnection } from './live-connection.ts'
import { faultOfRegistration } from './management/faults.ts'
import type { WorldControls } from './management/world-controls.ts'
import type { RegisterAnswer, RegisterCall } from './register-call.ts'
import type { Registry } from './registry.ts'
import { failureLine, runSafely } from './run-safely.ts'
import type { Session, SessionHandlers } from './session.ts'

export interface RegistrarOptions {
  readonly worlds: () => Worlds
  readonly registry: Registry
  readonly push: ConfigurationPush
  readonly controls: WorldControls
  readonly warn: (line: string) => void
}

/** Reasons that cloudflared does not see (our choice). */
const UNREADABLE = 'a fault made the answer unreadable'
const TOO_LATE = 'the connection ended first'

export function createRegistrar({ worlds, registry, push, controls, warn }: RegistrarOptions): SessionHandlers {
  const registered = new WeakMap<Session, LiveConnection>()

  /** Our choice: its process lives in the world that it has connections to already. */
  const worldOf = ({ client, account_tag, tunnel_id }: RegisterCall): string | undefined =>
    registry
      .all()
      .find(
        ({ connector_id, tunnel }) =>
          connector_id === client.id && tunnel.id === tunnel_id && tunnel.account_tag === account_tag,
      )?.world_id

  const admitted = (call: RegisterCall): Admitted | Refused => {
    const accepting = worlds()
      .list()
      .filter(({ id }) => controls.control.accepts(id))
    return admit(accepting, call, worldOf(call))
  }

  const register = async (call: RegisterCall, session: Session): Promise<RegisterAnswer> => {
    const first = admitted(call)
    if ('refusal' in first) return refuse(call, first)

    const { world } = first
    const place = { tunnel_id: call.tunnel_id, connector_id: call.client.id, conn_index: call.connection_index }
    const { delay_ms, refusal, is_unreadable } = faultOfRegistration(world, controls.faultsOf(world), place)
    if (delay_ms > 0) await pause(delay_ms, undefined, { ref: false })
    if (session.isEnded()) return { cause: TOO_LATE, should_retry: true }
    if (refusal) return { ...refuse(call, { world, refusal: refusal.cause }), should_retry: refusal.should_retry }
    if (is_unreadable) return { ...refuse(call, { world, refusal: UNREADABLE }), is_unreadable }

    // Much may have happened during the delay.
    const last = delay_ms > 0 ? admitted(call) : first
    return 'refusal' in last ? refuse(call, last) : open(call, session, last)
  }

  const open = (call: RegisterCall, session: Session, { world, tunnel }: Admitted): RegisterAnswer => {
    const { connection_index: index, client } = call
    const live: LiveConnection = {
      world_id: world.id,
      tunnel: { account_tag: tunnel.account_tag, id: tunnel.id },
      call,
      connector_id: client.id,
      index,
      colo_name: coloOf(CLOUDFLARED.colos, index),
      // Not of the world's ids: what happens in real time must not change a seeded run.
      connection_id: randomUUID(),
      open: session.open,
      flow: session.flow,
      destroy: session.destroy,
    }
    // A row that this one replaces tells its session so.
    const refusal = enter(world, tunnel, call, live, id => registry.find(world.id, id) !== undefined)
    if (refusal !== undefined) return refuse(call, { world, refusal })

    registry.add(live)
    registered.set(session, live)
    return {
      connection_id: live.connection_id,
      location: live.colo_name,
      remotely_managed: tunnel.config_src === 'cloudflare',
    }
  }

  const refuse = (call: RegisterCall, { world, refusal }: Refused) => {
    if (world) refusedRegistration(world, call, refusal)
    return { cause: refusal, should_retry: true }
  }

  const end = (session: Session, how: 'lost' | 'closed'): void =>
    runSafely(warn, 'the end of a connection', () => {
      const live = registered.get(session)
      if (!live || !registry.remove(live)) return

      const world = worlds().find(live.world_id)
      if (world) leave(world, live, how)
    })

  return {
    register: async (call, session) => {
      try {
        return await register(call, session)
      } catch (error) {
        warn(failureLine('a registration', error))
        // Any other text ends a cloudflared that has no connection yet (client: edge_refusal).
        return { cause: 'Unauthorized: mockflared failed', should_retry: true }
      }
    },

    registered: session =>
      runSafely(warn, 'a configuration', () => {
        const live = registered.get(session)
        if (!live) return

        const { world_id, tunnel, connector_id } = live
        const isFirst = registry.ofConnector(world_id, tunnel, connector_id).length === 1
        push.offer(world_id, tunnel, connector_id, isFirst)
        const world = worlds().find(world_id)
        if (world) controls.breakConnection(world, live)
      }),

    unregister: session => end(session, 'closed'),

    updateLocalConfiguration: (json, session) =>
      runSafely(warn, 'a local configuration', () => {
        const live = registered.get(session)
        const world = live && worlds().find(live.world_id)
        if (!world) return

        toldLocal(world, live, json)
        live.local_configuration = Buffer.from(json)
      }),

    ended: session => end(session, 'lost'),
  }
}
