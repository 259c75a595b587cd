import { onTestFinished } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import type { Configuration } from '../../schemas/configuration.ts'
import type { CreatedTunnel, Tunnel } from '../../schemas/tunnel.ts'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT } from './emulator.ts'

export const START = '2026-01-01T00:00:00.000000Z'

/** An emulator with a frozen clock and repeatable ids. It closes at the end of the test. */
export async function startFrozen(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ listen: false, clock: START, random_seed: 1, ...options })
  onTestFinished(() => emulator.close())

  /** Sends a request to the emulated API of a world, below `cfd_tunnel`. */
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

/** An emulator with one tunnel, `blog`, and functions for tests of connectors. */
export async function startTunnel(options: EmulatorOptions = {}) {
  const started = await startFrozen(options)
  const { control, api } = started
  const tunnel = await started.create('blog')
  const address = { account_id: ACCOUNT, tunnel_id: tunnel.id }

  return {
    ...started,
    tunnel,
    address,

    connect: (wish: Partial<Parameters<typeof control.connectConnector>[0]> = {}) =>
      control.connectConnector({ ...address, ...wish }),

    /** The tunnel as the emulated API returns it. */
    seen: async () => (await api<Tunnel>('GET', `/${tunnel.id}`)).result,

    /** Its connectors as the emulated API returns them. */
    clients: async () => (await api<Client[]>('GET', `/${tunnel.id}/connections`)).result,

    /** The types of all events except requests. */
    happened: async () => (await control.listEvents()).map(({ type }) => type).filter(type => type !== 'request'),
  }
}

type Started = Awaited<ReturnType<typeof startTunnel>>

/** A configuration with one service for every request. */
export function config(service = 'hello_world') {
  return { config: { ingress: [{ service }] } }
}

/** An emulator with one tunnel and one connected connector, and functions for its operations. */
export async function startConnected(wish: Parameters<Started['connect']>[0] = {}) {
  const started = await startTunnel()
  const { control, address, clients } = started
  const { id } = await started.connect(wish)
  const at = { ...address, connector_id: id }

  return {
    ...started,
    id,
    at,
    advance: (advance: string) => control.moveClock({ advance }),
    lose: (connections?: number) =>
      control.disconnectConnector({ ...at, graceful: false, ...(connections && { connections }) }),
    connections: async () => (await clients()).flatMap(({ conns }) => conns),
    publish: (service?: string) =>
      started.api<Configuration>('PUT', `/${started.tunnel.id}/configurations`, config(service)),
    states: async () => {
      const known = await control.listConnectors(address)
      return known.flatMap(({ connections }) => connections.map(({ state }) => state))
    },
  }
}
