import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { onTestFinished } from 'vitest'
import type { ErrorItem, ResultInfo } from '../../schemas/envelope.ts'
import type { StateTunnel } from '../../schemas/state.ts'
import type { CreatedTunnel, TunnelCreate } from '../../schemas/tunnel.ts'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'

/** The example account of Cloudflare's documentation. */
export const ACCOUNT = '699d98642c564d2e855e9661899b7252'

/** An id that no tunnel and no connector has. */
export const UNKNOWN_ID = '00000000-0000-4000-8000-00000000dead'

/** Base64 of 32 bytes. */
export const SECRET = 'AQIDBAUGBwgBAgMEBQYHCAECAwQFBgcIAQIDBAUGBwg='

export interface ApiResponse<T = unknown> {
  readonly status: number
  readonly headers: LightMyRequestResponse['headers']
  readonly success: boolean
  readonly errors: readonly ErrorItem[]
  readonly messages: readonly unknown[]
  readonly result: T
  readonly result_info: ResultInfo
}

type Headers = Record<string, string>

/**
 * Starts an emulator without a socket, with a client for one account, and closes it at the end of
 * the test. Paths are relative to `cfd_tunnel`: `get('')` lists, `get('/ID')` gets; those of `old`
 * are relative to `tunnels`. The emulator validates all responses, since `check_responses` is on.
 */
export async function startEmulator(options: EmulatorOptions = {}, account = ACCOUNT) {
  const emulator = await createEmulator({ listen: false, ...options })
  onTestFinished(() => emulator.close())

  const send = async <T>(request: InjectOptions): Promise<ApiResponse<T>> => {
    const response = await emulator.inject(request)
    return { ...response.json(), status: response.statusCode, headers: response.headers }
  }
  const call =
    (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', base = `/accounts/${account}/cfd_tunnel`) =>
    <T = unknown>(path: string, body?: object | string, headers: Headers = { authorization: 'Bearer token' }) =>
      send<T>({
        method,
        url: `/client/v4${base}${path}`,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { payload: body }),
      })
  const at = (base: string) => ({
    get: call('GET', base),
    post: call('POST', base),
    put: call('PUT', base),
    patch: call('PATCH', base),
    delete: call('DELETE', base),
  })
  const tunnels = at(`/accounts/${account}/cfd_tunnel`)

  return {
    emulator,

    /** Sends any request, such as one without credentials or outside `cfd_tunnel`. */
    send,
    ...tunnels,
    old: at(`/accounts/${account}/tunnels`),

    /** A client for paths below `base`, such as `/zones`. */
    at,

    /** Creates a tunnel; throws on an error response. */
    create: async (tunnel: TunnelCreate): Promise<CreatedTunnel> => {
      const response = await tunnels.post<CreatedTunnel>('', tunnel)
      if (!response.success) throw new Error(`not created: ${JSON.stringify(response.errors)}`)
      return response.result
    },
  }
}

/** A seed with one tunnel in the example account. */
export function seedOf(...tunnels: readonly Omit<StateTunnel, 'account_tag'>[]) {
  return [{ tunnels: tunnels.map(tunnel => ({ account_tag: ACCOUNT, ...tunnel })) }]
}
