/** The bundled server with an edge, in a process of its own, and its API as a test calls it. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { execPath } from 'node:process'
import type { Client } from '../../../schemas/client.ts'
import type { Control } from '../../../schemas/control/control.ts'
import type { WorldEvent } from '../../../schemas/control/event.ts'
import type { CreatedTunnel, Tunnel } from '../../../schemas/tunnel.ts'
import { createControlClient } from '../../../src/client.ts'
import { ACCOUNT, type ApiResponse } from '../emulator.ts'
import type { GatewayAddress } from './gateway-client.ts'
import { type Program, startProgram } from './process.ts'

const COMMAND = resolve('dist/cli.js')
const START_MS = 20_000

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface ServerPorts {
  readonly api: number
  readonly edge: number
  readonly gateway: number
}

export interface EdgeServer {
  readonly program: Program
  readonly url: string
  readonly edge: string
  readonly ports: ServerPorts
  readonly gateway: GatewayAddress
  readonly secureGateway: GatewayAddress
  readonly caFile: string
  readonly control: Control
  /** The control plane of another world. */
  readonly controlOf: (world: string) => Control
  /** Sends a request to the API, of the main world unless one is named. Paths are relative to the account. */
  readonly api: <T = unknown>(method: Method, path: string, body?: object, world?: string) => Promise<ApiResponse<T>>
  /** Sends a request to the control plane. Throws if it is refused. */
  readonly plane: <T = unknown>(method: Method, path: string, body?: object) => Promise<T>
  readonly createTunnel: (name: string, options?: { config_src?: 'cloudflare' | 'local' }) => Promise<CreatedTunnel>
  readonly configure: (tunnel_id: string, ...rules: readonly IngressRule[]) => Promise<number>
  readonly tunnel: (tunnel_id: string, world?: string) => Promise<Tunnel>
  readonly connectors: (tunnel_id: string, world?: string) => Promise<readonly Client[]>
  readonly events: (type: string) => Promise<readonly WorldEvent[]>
}

export interface IngressRule {
  readonly hostname: string
  readonly service: string
  readonly originRequest?: object
}

/** Starts the command and waits until it listens; `onStart` gets its process before that. */
export async function startEdgeServer(
  folder: string,
  args: readonly string[],
  ports: ServerPorts | undefined,
  onStart: (program: Program) => void,
): Promise<EdgeServer> {
  const flags = [
    ...['--port', String(ports?.api ?? 0), '--edge-port', String(ports?.edge ?? 0)],
    ...['--gateway-port', String(ports?.gateway ?? 0), '--edge-dir', `${folder}/edge`],
  ]
  const program = startProgram(execPath, [COMMAND, ...flags, ...args], { HOME: folder }, folder)
  onStart(program)
  const [, url = ''] = await program.printed(/CLOUDFLARE_BASE_URL=(\S+)\/client\/v4/, START_MS)
  const control = createControlClient({ url })
  const api = async <T>(method: Method, path: string, body?: object, world?: string): Promise<ApiResponse<T>> => {
    const prefix = world === undefined ? '' : `/w/${world}`
    const response = await fetch(`${url}${prefix}/client/v4/accounts/${ACCOUNT}${path}`, {
      method,
      headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { ...((await response.json()) as ApiResponse<T>), status: response.status }
  }
  const resultOf = async <T>(...call: Parameters<typeof api>): Promise<T> => {
    const response = await api<T>(...call)
    if (!response.success) throw new Error(`${call.slice(0, 2).join(' ')}: ${JSON.stringify(response.errors)}`)
    return response.result
  }
  const plane = async <T>(method: Method, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${url}/_mockflared${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return JSON.parse(text)
  }
  const { edge } = await control.getInfo()
  if (!edge) throw new Error('the edge is off')
  const caFile = edge.ca_path
  const gatewayUrl = new URL(edge.gateway_url)
  const gateway = { host: gatewayUrl.hostname, port: Number(gatewayUrl.port) }

  return {
    program,
    url,
    edge: edge.address,
    ports: { api: Number(new URL(url).port), edge: Number(edge.address.split(':').at(-1)), gateway: gateway.port },
    gateway,
    secureGateway: { ...gateway, ca: readFileSync(caFile, 'utf8') },
    caFile,
    control,
    controlOf: world => createControlClient({ url, world }),
    api,
    plane,
    createTunnel: (name, { config_src = 'cloudflare' } = {}) => resultOf('POST', '/cfd_tunnel', { name, config_src }),
    configure: async (id, ...rules) => {
      const ingress = [...rules, { service: 'http_status:404' }]
      const { version } = await resultOf<{ version: number }>('PUT', `/cfd_tunnel/${id}/configurations`, {
        config: { ingress },
      })
      return version
    },
    tunnel: (id, world) => resultOf('GET', `/cfd_tunnel/${id}`, undefined, world),
    connectors: (id, world) => resultOf('GET', `/cfd_tunnel/${id}/connections`, undefined, world),
    events: async type => (await control.listEvents()).filter(event => event.type === type),
  }
}
