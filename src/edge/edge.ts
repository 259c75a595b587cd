/** The local edge, to which a real cloudflared connects. Loaded only if it is on. */
import type { TLSSocket } from 'node:tls'
import type { EdgeControl } from '../../schemas/control/edge-control.ts'
import type { Options } from '../../schemas/options.ts'
import type { WorldHooks } from '../worlds/extensions.ts'
import type { Worlds } from '../worlds/registry.ts'
import { type CertificateOptions, openCertificate } from './certificate.ts'
import { createConfigurationPush } from './configuration-push.ts'
import { openGateway } from './gateway/gateway.ts'
import { withEdgeHooks } from './hooks.ts'
import { openEdgeListener } from './listener.ts'
import { createGatewayHooks } from './management/gateway-hooks.ts'
import { createWorldControls } from './management/world-controls.ts'
import { createRegistrar } from './registrar.ts'
import { createRegistry } from './registry.ts'
import { openSession, type Session } from './session.ts'

export type EdgeOptions = CertificateOptions &
  Pick<Options, 'edge_heartbeat_ms' | 'gateway_port' | 'gateway_timeout_ms'> & { readonly edge_port: number }

export interface Edge {
  /** Adds what the edge does when something happens in a world. */
  readonly withHooks: (hooks: WorldHooks) => WorldHooks
  /** Listens, and resolves with what the control plane needs. Rejects with an Error of one line. */
  readonly open: () => Promise<EdgeControl>
  /** Ends all connections at once: that alone makes cloudflared try again later. */
  readonly close: () => Promise<void>
}

/** Our limit for the connections at a time. */
const MAX_SESSIONS = 1_000

/** `worlds` is called after the edge opened, and in hooks. */
export function createEdge(
  options: EdgeOptions,
  worlds: () => Worlds,
  warn: (line: string) => void,
  maxSessions = MAX_SESSIONS,
): Edge {
  const { host, edge_port: port, edge_heartbeat_ms: heartbeat_ms } = options
  const registry = createRegistry()
  const controls = createWorldControls(id => worlds().get(id), registry)
  const push = createConfigurationPush({ worlds, registry, faultsOf: controls.faultsOf, warn })
  const registrar = createRegistrar({ worlds, registry, push, controls, warn })
  const sessions = new Set<Session>()
  /** What `close` undoes. */
  const closers: (() => unknown)[] = []

  const accept = (socket: TLSSocket): void => {
    if (sessions.size >= maxSessions) {
      warn(`edge: refused a connection of ${socket.remoteAddress}: there are ${maxSessions} already`)
      socket.destroy()
      return
    }
    const ended = (session: Session): void => {
      sessions.delete(session)
      registrar.ended(session)
    }
    sessions.add(openSession(socket, { ...registrar, ended }, { heartbeat_ms, warn }))
  }

  return {
    withHooks: hooks => withEdgeHooks(hooks, { registry, push, controls }),

    open: async () => {
      const { ca_path, authority, credential, names, remove } = await openCertificate(options)
      closers.push(remove)
      const listener = await openEdgeListener({ host, port, credential, accept, warn })
      closers.push(listener.close)
      const { gateway_port, gateway_timeout_ms: timeout_ms } = options
      const gateway = await openGateway({
        worlds: worlds(),
        registry,
        ca: authority,
        names,
        host,
        port: gateway_port,
        timeout_ms,
        ...createGatewayHooks({ worlds: worlds(), registry, controls, timeout_ms }),
      })
      closers.push(gateway.close)
      return {
        address: listener.address,
        is_on_all_addresses: host === '0.0.0.0' || host === '::',
        gateway_url: `http://${gateway.authority}`,
        ca_path,
        certificate: authority.cert,
        ...controls.control,
        offerConfiguration: push.offer,
        countConnections: worldId => registry.inWorld(worldId).length,
      }
    },

    close: async () => {
      // At once, so that no connection is accepted meanwhile.
      const undone = closers.map(undo => undo())
      // A stop is no loss: what happens to the rows is decided where the worlds end.
      for (const live of registry.all()) registry.remove(live)
      for (const session of sessions) session.destroy()
      await Promise.all(undone)
    },
  }
}
