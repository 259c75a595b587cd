import { describe, expect, it, onTestFinished } from 'vitest'
import type { ErrorItem } from '../../schemas/envelope.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'
import type { ErrorDefinition } from '../../src/evidence/types.ts'
import { ApiError } from '../../src/gateway/api-error.ts'
import { GATEWAY_ERRORS } from '../../src/gateway/errors.ts'
import { RESOURCES } from '../../src/resources/index.ts'
import { QUOTA } from '../../src/world/rate-limit.ts'
import { startWithBrokenStore } from '../support/broken-store.ts'
import { startWithFaultyDisk } from '../support/disk-full.ts'
import { ACCOUNT, type ApiResponse, seedOf, startEmulator, UNKNOWN_ID } from '../support/emulator.ts'
import { startWithShortTimeouts } from '../support/short-timeouts.ts'
import { responsesIn, talk } from '../support/socket.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

interface Refusal {
  readonly status: number
  readonly errors: readonly ErrorItem[]
}

function startConnected(behaviour = 'latest') {
  return startEmulator({ behaviour, seed: seedOf({ id: ID, name: 'blog', connectors: [{}] }) })
}

function startDeleted() {
  return startEmulator({ seed: seedOf({ id: ID, name: 'blog', deleted_at: '-0s' }) })
}

/** Sends bytes to a real port, and parses the response. */
async function exchange(port: number, request: string): Promise<Refusal> {
  const [response] = responsesIn(await talk(port, request))
  return { ...JSON.parse(response?.body ?? ''), status: response?.status ?? 0 }
}

async function send(request: string): Promise<Refusal> {
  const emulator = await createEmulator({ port: 0 })
  onTestFinished(() => emulator.close())
  return exchange(Number(new URL(emulator.url).port), request)
}

async function failInside(): Promise<Refusal> {
  const { inject } = startWithBrokenStore(() => {
    throw new Error('broken')
  })
  const response = await inject({
    url: `/accounts/${ACCOUNT}/cfd_tunnel/${ID}`,
    headers: { authorization: 'Bearer token' },
  })
  return { ...response.json(), status: response.statusCode }
}

async function exhaustQuota(): Promise<ApiResponse> {
  const { get } = await startEmulator({ rate_limit: true })
  for (let taken = 0; taken < QUOTA.requests; taken++) await get(`/${ID}`)
  return get('')
}

async function writeOnFull(): Promise<ApiResponse> {
  const { post, fill } = await startWithFaultyDisk()
  fill()
  return post('', { name: 'x'.repeat(20_000) })
}

/** One request for each error. */
const PROVOCATIONS: Readonly<Record<string, () => Promise<Refusal>>> = {
  credentials_missing: async () => (await startEmulator()).get('', undefined, {}),
  authorization_malformed: async () => (await startEmulator()).get('', undefined, { authorization: 'Basic x' }),
  key_malformed: async () =>
    (await startEmulator()).get('', undefined, { 'x-auth-email': 'me@example.com', 'x-auth-key': 'asdf' }),
  credential_unknown: async () =>
    (await startEmulator({ auth: 'strict' })).get('', undefined, { authorization: `Bearer ${'a'.repeat(40)}` }),
  not_permitted: async () => (await startEmulator({ seed: [{ accounts: [{ id: ID.replaceAll('-', '') }] }] })).get(''),
  rate_limited: exhaustQuota,
  unroutable: async () => (await startEmulator()).send({ url: '/zones', headers: {} }),
  tunnel_unroutable: async () => (await startEmulator()).get('/blog'),
  method_not_allowed: async () => (await startEmulator()).put(''),
  token_method_not_allowed: async () => (await startEmulator()).put('//configurations', {}),
  page_refused: async () => (await startEmulator()).get('', undefined, { origin: 'http://evil.example' }),
  tunnel_not_found: async () => (await startEmulator()).get(`/${UNKNOWN_ID}`),
  tunnel_deleted: async () => (await startDeleted()).patch(`/${ID}`, { name: 'shop' }),
  token_not_found: async () => (await startEmulator()).get(`/${UNKNOWN_ID}/token`),
  connector_not_found: async () => (await startConnected()).get(`/${ID}/connectors/${UNKNOWN_ID}`),
  tunnel_name_taken: async () => (await startConnected()).post('', { name: 'blog' }),
  tunnel_connected: async () => (await startConnected()).delete(`/${ID}`),
  tunnel_connected_older_text: async () => (await startConnected('2026-05-31')).delete(`/${ID}`),
  input_invalid: async () => (await startEmulator()).post('', {}),
  configuration_not_found: async () => (await startConnected()).get(`/${ID}/configurations`),
  configuration_invalid: async () => (await startConnected()).put(`/${ID}/configurations`, { config: { ingress: [] } }),
  body_too_large: async () => (await startEmulator()).post('', ' '.repeat(1024 * 1024 + 1)),
  headers_too_large: () => send(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(16 * 1024)}\r\n\r\n`),
  request_malformed: () => send('this is no HTTP\r\n\r\n'),
  request_too_slow: async () => exchange((await startWithShortTimeouts()).port, 'GET / HTTP/1.1\r\nHost:'),
  storage_failed: writeOnFull,
  internal: failInside,
}

const DEFINITIONS = [...RESOURCES, { errors: GATEWAY_ERRORS }].flatMap(({ errors }): ErrorDefinition[] =>
  Object.values(errors),
)

describe('errors of the API', () => {
  it('all have a request here that provokes them', () => {
    expect(Object.keys(PROVOCATIONS).toSorted()).toEqual(DEFINITIONS.map(({ key }) => key).toSorted())
  })

  it.each(DEFINITIONS)('$key reaches the client as defined', async definition => {
    const { status, errors } = (await PROVOCATIONS[definition.key]?.()) ?? {}
    const expected = new ApiError(definition, '…')

    expect(status).toBe(expected.status)
    expect(errors).toEqual(
      expected.errors.map(item => ({
        ...item,
        message: expect.stringContaining(item.message.split('…', 1).join()),
      })),
    )
  })
})
