import type { State } from '../../schemas/state.ts'
import { ACCOUNT, SECRET } from './emulator.ts'

const AT = '2026-01-01T00:00:00.000000Z'

const hex = (index: number): string => index.toString(16).padStart(8, '0')

/**
 * A complete state with this many tunnels, each with a configuration and every second with a
 * connector. 100,000 of them are 93 MB of JSON.
 */
export function manyTunnels(count: number): State {
  return { accounts: [], credentials: [], tunnels: Array.from({ length: count }, (_tunnel, index) => tunnelOf(index)) }
}

function tunnelOf(index: number) {
  const isConnected = index % 2 === 0
  return {
    id: `${hex(index)}-0000-4000-8000-000000000001`,
    account_tag: ACCOUNT,
    name: `tunnel-${index}`,
    config_src: 'cloudflare' as const,
    tunnel_secret: SECRET,
    metadata: {},
    created_at: AT,
    deleted_at: null,
    conns_active_at: isConnected ? AT : null,
    conns_inactive_at: isConnected ? null : AT,
    configurations: [
      {
        version: 1,
        source: 'cloudflare' as const,
        config: {
          ingress: [
            { hostname: `app-${index}.example.com`, service: 'http://localhost:8080' },
            { service: 'http_status:404' },
          ],
        },
        created_at: AT,
        author: 'seed',
      },
    ],
    connectors: isConnected ? [connectorOf(index)] : [],
  }
}

function connectorOf(index: number) {
  return {
    id: `${hex(index)}-0000-4000-9000-000000000001`,
    version: '2026.8.2',
    arch: 'linux_amd64',
    run_at: AT,
    config_version: 1,
    origin_ip: '192.0.2.1',
    tunnel_secret: SECRET,
    config_delay_ms: 0,
    reconnects: false,
    features: ['ha-origin'],
    colos: ['fra01', 'ams01'],
    connections: [0, 1].map(nth => ({
      id: `${hex(index)}-0000-4000-a000-00000000000${nth}`,
      colo_name: 'fra01',
      origin_ip: '192.0.2.1',
      opened_at: AT,
      lost_at: null,
      closed_at: null,
    })),
  }
}
