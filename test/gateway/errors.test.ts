import { existsSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { GATEWAY_ERRORS } from '../../src/gateway/errors.ts'
import { RESOURCES } from '../../src/resources/index.ts'
import { QUOTA } from '../../src/world/rate-limit.ts'
import { startWithBrokenStore } from '../support/broken-store.ts'
import { startWithFaultyDisk } from '../support/disk-full.ts'
import { ACCOUNT, type ApiResponse, startEmulator } from '../support/emulator.ts'
import { describeErrors, type Refusal } from '../support/provoked-errors.ts'
import { startWithShortTimeouts } from '../support/short-timeouts.ts'
import { responsesIn, talk } from '../support/socket.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

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
const PROVOCATIONS: Readonly<Record<keyof typeof GATEWAY_ERRORS, () => Promise<Refusal>>> = {
  credentials_missing: async () => (await startEmulator()).get('', undefined, {}),
  authorization_malformed: async () => (await startEmulator()).get('', undefined, { authorization: 'Basic x' }),
  key_malformed: async () =>
    (await startEmulator()).get('', undefined, { 'x-auth-email': 'me@example.com', 'x-auth-key': 'asdf' }),
  credential_unknown: async () =>
    (await startEmulator({ auth: 'strict' })).get('', undefined, { authorization: `Bearer ${'a'.repeat(40)}` }),
  not_permitted: async () => (await startEmulator({ seed: [{ accounts: [{ id: ID.replaceAll('-', '') }] }] })).get(''),
  rate_limited: exhaustQuota,
  unroutable: async () => (await startEmulator()).send({ url: '/radar', headers: {} }),
  zone_unroutable: async () => (await startEmulator()).at('/zones').get('/example.com'),
  tunnel_unroutable: async () => (await startEmulator()).get('/blog'),
  method_not_allowed: async () => (await startEmulator()).put(''),
  token_method_not_allowed: async () => (await startEmulator()).put('//configurations', {}),
  page_refused: async () => (await startEmulator()).get('', undefined, { origin: 'http://evil.example' }),
  input_invalid: async () => (await startEmulator()).post('', {}),
  body_too_large: async () => (await startEmulator()).post('', ' '.repeat(1024 * 1024 + 1)),
  headers_too_large: () => send(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(16 * 1024)}\r\n\r\n`),
  request_malformed: () => send('this is no HTTP\r\n\r\n'),
  request_too_slow: async () => exchange((await startWithShortTimeouts()).port, 'GET / HTTP/1.1\r\nHost:'),
  storage_failed: writeOnFull,
  internal: failInside,
}

describeErrors(GATEWAY_ERRORS, PROVOCATIONS)

describe('a resource with errors', () => {
  it.each(RESOURCES.filter(({ errors }) => Object.keys(errors).length > 0))(
    '$name provokes each of them',
    ({ name }) => {
      expect(existsSync(new URL(`../resources/${name}/errors.test.ts`, import.meta.url))).toBe(true)
    },
  )
})
