/** Two connectors with four connections each, and a snapshot that has them. */
import { getActiveResourcesInfo } from 'node:process'
import type { Client } from '../../../schemas/client.ts'
import { startEdge } from './start-edge.ts'

/** What keeps the process alive, such as sockets, without timers of Vitest. */
export const handles = (): readonly string[] =>
  getActiveResourcesInfo()
    .filter(name => name !== 'Timeout' && name !== 'Immediate')
    .toSorted()

export async function startEightSessions() {
  const edge = await startEdge()
  const { id } = await edge.createTunnel()
  const connectors = [await edge.connectorOf({ id }), await edge.connectorOf({ id })]
  const connectAll = () => Promise.all(connectors.map(connector => connector.connectAll()))
  const { control } = edge.emulator
  await connectAll()
  await control.saveSnapshot({ name: 'before' })
  return {
    /** The live sessions, as the connectors see them. */
    sessions: () => connectors.flatMap(connector => connector.connections),
    /** The connections that the API shows as connected. */
    connected: async () =>
      (await edge.get<readonly Client[]>(`/${id}/connections`)).result
        .flatMap(({ conns }) => conns)
        .filter(({ is_pending_reconnect }) => !is_pending_reconnect),
    connectAll,
    reset: () => control.reset(),
    restore: () => control.restoreSnapshot({ name: 'before' }),
  }
}
