/** Sessions of the edge without TLS, whose other ends are connections of a fake connector. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { onTestFinished } from 'vitest'
import { createConfigurationPush } from '../../../src/edge/configuration-push.ts'
import { createWorldControls } from '../../../src/edge/management/world-controls.ts'
import { createRegistrar } from '../../../src/edge/registrar.ts'
import { createRegistry } from '../../../src/edge/registry.ts'
import { openSession, type Session } from '../../../src/edge/session.ts'
import type { World } from '../../../src/world/world.ts'
import type { Worlds } from '../../../src/worlds/registry.ts'
import { FakeConnection } from './fake-connection.ts'

/** An edge for one world. Without TLS, thousands of sessions take seconds. */
export async function startSessions(world: World) {
  const worlds = () => ({ list: () => [world], find: () => world }) as unknown as Worlds
  const registry = createRegistry()
  const lines: string[] = []
  const warn = (line: string): void => void lines.push(line)
  const controls = createWorldControls(() => world, registry)
  const push = createConfigurationPush({ worlds, registry, faultsOf: controls.faultsOf, warn })
  const registrar = createRegistrar({ worlds, registry, push, controls, warn })
  const sessions = new Set<Session>()

  const accept = (socket: Socket): void => {
    const ended = (session: Session): void => {
      sessions.delete(session)
      registrar.ended(session)
    }
    sessions.add(openSession(asTls(socket), { ...registrar, ended }, { heartbeat_ms: 3_000, warn }))
  }
  const path = await listen(accept)

  const open = async (to = path): Promise<FakeConnection> => {
    const socket = connect(to)
    await once(socket, 'connect')
    const handlers = { request: () => undefined, configuration: () => ({}) }
    return new FakeConnection(asTls(socket), 0, handlers)
  }

  /** Opens a connection whose bytes are changed on their way to the edge. */
  const openNoisy = async (change: (bytes: Buffer) => Buffer): Promise<FakeConnection> =>
    open(
      await listen(near => {
        const far = connect(path)
        near.on('data', bytes => far.write(change(bytes))).once('close', () => far.destroy())
        far.on('data', bytes => near.write(bytes)).once('close', () => near.destroy())
        for (const socket of [near, far]) socket.on('error', () => undefined)
      }),
    )

  return { open, openNoisy, registry, sessions, lines }
}

/** Listens on a path: the system keeps the port of a TCP connection for a minute after its end. */
async function listen(accept: (socket: Socket) => void): Promise<string> {
  const path = join(tmpdir(), randomUUID())
  const server = createServer(accept)
  await once(server.listen(path), 'listening')
  onTestFinished(() => void server.close())
  return path
}

/** A session uses nothing that only TLS has. */
function asTls(socket: Socket): TLSSocket {
  return socket as TLSSocket
}
