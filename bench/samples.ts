/** What is asked in the measurements, and what a bare Fastify answers to it: the answers of mockflared, taken once. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmulator } from '../src/index.ts'
import type { Call } from './load.ts'
import { ACCOUNT, AUTHORIZATION, type Server, startMockflared, TUNNELS } from './process.ts'

const folder = mkdtempSync(join(tmpdir(), 'mockflared-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true }))

/** A file that is gone when the run is over. */
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

export function putConfiguration(tunnel: string): Call {
  return {
    method: 'PUT',
    path: `${TUNNELS}/${tunnel}/configurations`,
    body: JSON.stringify({ config: { ingress: [...RULES, { service: 'http_status:404' }] } }),
  }
}

/** The id of a tunnel that is made for it. */
export async function createdOn({ url }: Server, name: string): Promise<string> {
  const body = JSON.stringify({ name })
  const answer = await fetch(`${url}${TUNNELS}`, { method: 'POST', headers: AUTHORIZATION, body })
  return JSON.parse(await answer.text()).result.id
}

/** What the file that it writes holds is what a bare Fastify answers for ever. */
export async function answersFile(): Promise<string> {
  await using emulator = await createEmulator({ listen: false })
  const ask = async (method: 'GET' | 'POST', url: string, payload?: object) =>
    (await emulator.inject({ method, url, headers: AUTHORIZATION, ...(payload && { payload }) })).json()

  const created = await ask('POST', TUNNELS, { name: 'blog' })
  for (let nth = 1; nth < 20; nth += 1) await ask('POST', TUNNELS, { name: `blog-${nth}` })
  const one = await ask('GET', `${TUNNELS}/${created.result.id}`)
  const list = await ask('GET', `${TUNNELS}?per_page=20`)
  return writeTemporary('answers.json', { one, list, created })
}

/** Our own description of the operations, for whoever makes a double out of a description. */
export async function openapiFile(): Promise<string> {
  await using emulator = await createEmulator({ listen: false })
  return writeTemporary('openapi.json', (await emulator.inject({ url: '/openapi.json' })).json())
}

const CONNECTED = { connectors: [{}] }
const SHORT_OF_CONNECTIONS = { connectors: [{ connections: [{}, {}] }] }
const DISCONNECTED = { connectors: [{ connections: [{ closed_at: '2026-01-03T00:00:00Z' }] }] }

/** A world of so many tunnels in every status: of five, two never connected, and the others one each. Twenty names start with "needle". */
export function worldOf(tunnels: number) {
  return {
    tunnels: Array.from({ length: tunnels }, (_, nth) => ({
      account_tag: ACCOUNT,
      name: nth % (tunnels / 20) === 0 ? `needle-${nth}` : `blog-${nth}`,
      created_at: new Date(Date.UTC(2026, 0, 1) + nth * 1_000).toISOString(),
      ...[CONNECTED, SHORT_OF_CONNECTIONS, DISCONNECTED][nth % 5],
    })),
  }
}

type World = Pick<ReturnType<typeof worldOf>, 'tunnels'>

/** It lost a connection just now, and waits for it. While one does, no answer of its account is given again, as time may change it. */
const WAITING = {
  account_tag: ACCOUNT,
  name: 'waiting',
  created_at: '-1m',
  connectors: [{ run_at: '-1m', connections: [{ lost_at: '-1s' }] }],
}

let worlds = 0

/** A mockflared that makes each answer anew. */
export function startForgetful({ tunnels }: World = { tunnels: [] }, ...flags: string[]): Promise<Server> {
  worlds += 1
  const seed = writeTemporary(`world-${worlds}.json`, { tunnels: [...tunnels, WAITING] })
  return startMockflared('--seed', seed, '--pending-reconnect-ms', String(60 * 60 * 1_000), ...flags)
}
