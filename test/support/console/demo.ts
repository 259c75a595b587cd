/** The demo with everything that the console can show: requests, faults, snapshots, worlds. */
import { createEmulator, type Emulator, type EmulatorOptions } from '../../../src/emulator/emulator.ts'

export const START = '2026-11-27T02:24:39Z'
export const ACCOUNT = '0d3a5c1e8b7f4a2996e1c47d5b80f3a2'

/** `shop-web`. */
export const SHOP = 'd0000000-0000-4000-8000-000000000001'

/** The demo on a free port, with a frozen clock, repeatable ids, and the same limits on each machine. */
export function startDemo(options: EmulatorOptions = {}): Promise<Emulator> {
  const repeatable: EmulatorOptions = { clock: START, random_seed: 1, max_worlds: 100 }
  return createEmulator({ port: 0, seed: ['demo'], log: 'off', ...repeatable, ...options })
}

interface ApiRequest {
  readonly method?: 'POST' | 'PUT' | 'DELETE'
  readonly body?: object
}

/** Sends a request to the emulated API, below the demo's account. */
export function callApi(emulator: Emulator, path: string, { method, body }: ApiRequest = {}): Promise<Response> {
  return emulator.fetch(`${emulator.baseURL}/accounts/${ACCOUNT}${path}`, {
    method: method ?? 'GET',
    headers: { authorization: 'Bearer any-token', 'user-agent': 'shop-deploy/2.4' },
    ...(body && { body: JSON.stringify(body) }),
  })
}

/** A quarter of an hour with a program that deploys the shop, and with people who try faults. */
export async function fillDemo(emulator: Emulator): Promise<void> {
  const { control } = emulator
  await control.saveSnapshot({ name: 'before-deploy' })
  await callApi(emulator, '/cfd_tunnel?per_page=50')
  await callApi(emulator, '/cfd_tunnel', { method: 'POST', body: { name: 'pop-up-store', config_src: 'cloudflare' } })
  await callApi(emulator, '/cfd_tunnel', { method: 'POST', body: { name: 'pop-up-store', colour: 'red' } })
  await control.moveClock({ advance: '58s' })
  await control.moveClock({ advance: '12s' })
  await callApi(emulator, `/cfd_tunnel/${SHOP}`)
  await callApi(emulator, '/cfd_tunnel/00000000-0000-4000-8000-00000000dead')
  await callApi(emulator, `/cfd_tunnel/${SHOP}/configurations`, { method: 'PUT', body: CONFIGURATION })
  await control.addFault({
    operation: 'cloudflare-tunnel-create-a-cloudflare-tunnel',
    times: 1,
    effect: { error: { status: 429, code: 971, retry_after: 1 } },
  })
  await control.addFault({ preset: 'slow' })
  await callApi(emulator, '/cfd_tunnel', { method: 'POST', body: { name: 'night-market' } })
  await control.moveClock({ advance: '3m' })
  await control.disconnectConnector({ ...(await connectorOf(emulator, SHOP)), graceful: false })
  await control.moveClock({ advance: '40s' })
  await control.createWorldAs({ id: 'job-4711', from: 'current' })
  await control.createWorldAs({ id: 'job-4712', from: 'empty' })
}

const CONFIGURATION = {
  config: {
    ingress: [
      { hostname: 'shop.alpine-outdoor.example', service: 'http://localhost:8080' },
      { hostname: 'www.alpine-outdoor.example', service: 'http://localhost:8080' },
      { hostname: 'status.alpine-outdoor.example', path: '^/health', service: 'http://localhost:9000' },
      { service: 'http_status:404' },
    ],
  },
}

async function connectorOf(emulator: Emulator, tunnel_id: string) {
  const [connector] = await emulator.control.listConnectors({ account_id: ACCOUNT, tunnel_id })
  if (!connector) throw new Error(`no connector of ${tunnel_id}`)
  return { account_id: ACCOUNT, tunnel_id, connector_id: connector.id }
}
