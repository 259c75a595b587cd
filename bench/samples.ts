/** The requests and seeds of the measurements, and the data of the bare Fastify. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreatedTunnel, createEmulator, ErrorItem, ResultInfo, Tunnel, TunnelCreate } from '../src/index.ts'
import type { Call } from './load.ts'
import { ACCOUNT, AUTHORIZATION, type Server, TUNNELS } from './process.ts'

const folder = mkdtempSync(join(tmpdir(), 'mockflared-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true }))

/** Writes a file that is deleted when the run ends. */
export function writeTemporary(name: string, content: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(content))
  return file
}

export const CREATE: Call = { method: 'POST', path: TUNNELS, body: '{"name":"blog-<nth>"}' }

const RULES = Array.from({ length: 19 }, (_, nth) => ({
  hostname: `app-${nth}.example.com`,
  path: `^/v${nth}/`,
  service: `http://app-${nth}.svc:8080`,
}))

export function putConfiguration(tunnel_id: string): Call {
  return {
    method: 'PUT',
    path: `${TUNNELS}/${tunnel_id}/configurations`,
    body: JSON.stringify({ config: { ingress: [...RULES, { service: 'http_status:404' }] } }),
  }
}

/** Creates a tunnel and returns its id. */
export async function createTunnel({ url }: Server, name: string): Promise<string> {
  const body = JSON.stringify({ name })
  const response = await fetch(`${url}${TUNNELS}`, { method: 'POST', headers: AUTHORIZATION, body })
  return JSON.parse(await response.text()).result.id
}

function envelopeOf(result: object, others: object = {}) {
  return {
    type: 'object',
    properties: {
      success: { type: 'boolean' },
      errors: { type: 'array', items: ErrorItem },
      messages: { type: 'array', items: ErrorItem },
      result,
      ...others,
    },
    required: ['success', 'errors', 'messages', 'result'],
  }
}

/** Models and responses of mockflared for the bare Fastify, which so needs to load nothing of mockflared. */
export async function fastifyFile(): Promise<string> {
  await using emulator = await createEmulator({ listen: false })
  const call = async (method: 'GET' | 'POST', url: string, payload?: object) =>
    (await emulator.inject({ method, url, headers: AUTHORIZATION, ...(payload && { payload }) })).json()

  const created = await call('POST', TUNNELS, { name: 'blog' })
  for (let nth = 1; nth < 20; nth += 1) await call('POST', TUNNELS, { name: `blog-${nth}` })
  const one = await call('GET', `${TUNNELS}/${created.result.id}`)
  const list = await call('GET', `${TUNNELS}?per_page=20`)
  return writeTemporary('fastify.json', {
    models: {
      TunnelCreate,
      OneTunnel: envelopeOf(Tunnel),
      OneCreatedTunnel: envelopeOf(CreatedTunnel),
      TunnelPage: envelopeOf({ type: 'array', items: Tunnel }, { result_info: ResultInfo }),
    },
    responses: { one, list, created },
  })
}

/** Our OpenAPI description, from which Prism makes its server. */
export async function openapiFile(): Promise<string> {
  await using emulator = await createEmulator({ listen: false })
  return writeTemporary('openapi.json', (await emulator.inject({ url: '/openapi.json' })).json())
}

const HEALTHY = { connectors: [{}] }
const DEGRADED = { connectors: [{ connections: [{}, {}] }] }
const DOWN = { connectors: [{ connections: [{ closed_at: '2026-01-03T00:00:00Z' }] }] }

/** Tunnels of every status: of five, two are inactive and the others one each. Twenty names start with "needle". */
export function seedOf(tunnels: number) {
  return {
    tunnels: Array.from({ length: tunnels }, (_, nth) => ({
      account_tag: ACCOUNT,
      name: nth % (tunnels / 20) === 0 ? `needle-${nth}` : `blog-${nth}`,
      created_at: new Date(Date.UTC(2026, 0, 1) + nth * 1_000).toISOString(),
      ...[HEALTHY, DEGRADED, DOWN][nth % 5],
    })),
  }
}
