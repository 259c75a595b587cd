import { onTestFinished } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import type { Configuration } from '../../schemas/configuration.ts'
import type { CreatedTunnel, Tunnel } from '../../schemas/tunnel.ts'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT } from './emulator.ts'

export const START = '2026-01-01T00:00:00.000000Z'

/** An emulator whose clock stands still and whose ids repeat; gone when the test is over. */
export async function startFrozen(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ listen: false, clock: START, random_seed: 1, ...options })
  onTestFinished(() => emulator.close())

  /** A request to the emulated plane of a world, below `cfd_tunnel`. */
  const api = async <T = unknown>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    world = '',
    account = ACCOUNT,
  ) => {
    const response = await emulator.inject({
      method,
      url: `${world && `/w/${world}`}/client/v4/accounts/${account}/cfd_tunnel${path}`,
      headers: { authorization: 'Bearer token' },
      ...(body && { payload: body }),
    })
    const { result, errors }: { result: T; errors: { code: number }[] } = response.json()
    return { status: response.statusCode, headers: response.headers, result, errors }
  }
  const create = async (name: string, world = ''): Promise<CreatedTunnel> =>
    (await api<CreatedTunnel>('POST', '', { name, config_src: 'cloudflare' }, world)).result

  return { emulator, control: emulator.control, api, create }
}

/** The same with one tunnel, `blog`, and what tests of connectors ask of it. */
export async function startTunnel(options: EmulatorOptions = {}) {
  const double = await startFrozen(options)
  const { control, api } = double
  const tunnel = await double.create('blog')
  const address = { account_id: ACCOUNT, tunnel_id: tunnel.id }

  return {
    ...double,
    tunnel,
    address,

    connect: (wish: Partial<Parameters<typeof control.connectConnector>[0]> = {}) =>
      control.connectConnector({ ...address, ...wish }),

    /** As the emulated API shows it. */
    seen: async () => (await api<Tunnel>('GET', `/${tunnel.id}`)).result,

    /** Its connectors as the emulated API lists them. */
    clients: async () => (await api<Client[]>('GET', `/${tunnel.id}/connections`)).result,

    /** The types of what happened, requests left out. */
    happened: async () => (await control.listEvents()).map(({ type }) => type).filter(type => type !== 'request'),
  }
}

type Double = Awaited<ReturnType<typeof startTunnel>>

/** What a configuration holds that serves everything in one way. */
export function config(service = 'hello_world') {
  return { config: { ingress: [{ service }] } }
}

/** The same with a connected connector and the verbs about it. */
export async function startConnected(wish: Parameters<Double['connect']>[0] = {}) {
  const double = await startTunnel()
  const { control, address, clients } = double
  const { id } = await double.connect(wish)
  const at = { ...address, connector_id: id }

  return {
    ...double,
    id,
    at,
    advance: (advance: string) => control.moveClock({ advance }),
    lose: (connections?: number) =>
      control.disconnectConnector({ ...at, graceful: false, ...(connections && { connections }) }),
    connections: async () => (await clients()).flatMap(({ conns }) => conns),
    publish: (service?: string) =>
      double.api<Configuration>('PUT', `/${double.tunnel.id}/configurations`, config(service)),
    states: async () => {
      const known = await control.listConnectors(address)
      return known.flatMap(({ connections }) => connections.map(({ state }) => state))
    },
  }
}
