/** A secret in a request, wherever and however it is written, gets into nothing that can be read. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isObject } from '../../schemas/is-object.ts'
import type { Exchange } from '../../schemas/recording.ts'
import { redactRecording } from '../../scripts/recording/redact.ts'
import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts'
import { startWithBrokenStore } from '../support/broken-store.ts'
import { ACCOUNT, UNKNOWN_ID } from '../support/emulator.ts'
import { holds } from '../support/property/replay.ts'
import { contains, escapeAll, secret, secretJson, secretName, secretText } from '../support/property/secrets.ts'

const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
const RECORDS = '/client/v4/zones/023e105f4ecef8ad9ca31a8372d0c353/dns_records'
const NETWORKS = `/client/v4/accounts/${ACCOUNT}/teamnet`
const ACCESS = `/client/v4/accounts/${ACCOUNT}/access`
const CONFIGURATION = `${TUNNELS}/${TUNNEL}/configurations`

interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers?: Record<string, string>
  readonly payload?: string | Buffer
}

let emulator: Emulator
beforeAll(async () => {
  const seed = [{ tunnels: [{ account_tag: ACCOUNT, id: TUNNEL, name: 'blog', config_src: 'cloudflare' as const }] }]
  emulator = await createEmulator({ listen: false, random_seed: 1, check_ingress: false, seed })
  await emulator.control.saveSnapshot({ name: 'start' })
})
afterAll(() => emulator.close())

const HEADERS = ['Authorization', 'X-Auth-Key', 'X-Auth-User-Service-Key', 'Cookie', 'Proxy-Authorization', 'X-Api-Key']

function get(url: string, headers = {}): Request {
  return { method: 'GET', url, headers: { authorization: 'Bearer any-token', ...headers } }
}

function send(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  payload: string | Buffer,
  type?: string,
): Request {
  return { ...get(url, type === undefined ? {} : { 'content-type': type }), method, payload }
}

function inHeaders(value: string): fc.Arbitrary<Request> {
  const telling = fc.constantFrom(...HEADERS, 'Token').map(name => get(TUNNELS, { [name]: value }))
  const others = fc
    .tuple(fc.constantFrom('user-agent', 'accept', 'content-type', 'api-version', 'x-auth-email'), secretText(value))
    .map(([name, text]) => get(TUNNELS, { [name]: text.replaceAll(/\s/g, ' ') }))
  return fc.oneof(telling, others)
}

function inUrl(value: string): fc.Arbitrary<Request> {
  const named = secretName.chain(name =>
    fc.constantFrom(
      `${TUNNELS}?${encodeURIComponent(name)}=${value}&name=blog`,
      `${TUNNELS}?${escapeAll(name)}=${escapeAll(`a&${value}`)}`,
      `${TUNNELS}?${escapeAll(escapeAll(name))}=${value}`,
      `${TUNNELS}?${name.replaceAll(' ', '+')}=a+${value}`,
      `${TUNNELS}?token=${value}&token=b${value}`,
      `/client/v4/nowhere?${encodeURIComponent(name)}=${value}`,
      `/client/v4/accounts/${ACCOUNT}/token/${value}`,
      `${TUNNELS};token=${value}`,
      `/%zz?token=${value}`,
    ),
  )
  const formed = secretText(value).chain(text =>
    fc.constantFrom(
      `${TUNNELS}?name=${encodeURIComponent(text)}`,
      `${TUNNELS}?${encodeURIComponent(text)}`,
      `${TUNNELS}/${encodeURIComponent(text)}`,
      `/client/v4/nowhere/${encodeURIComponent(encodeURIComponent(text))}`,
    ),
  )
  return fc.oneof(named, formed).map(url => get(url))
}

function inBody(value: string): fc.Arbitrary<Request> {
  const requests = secretJson(value).chain(json => {
    const text = JSON.stringify(json)
    const whole = fc.constantFrom(
      send('POST', TUNNELS, text),
      send('POST', TUNNELS, JSON.stringify({ name: text, ...json })),
      send('PUT', CONFIGURATION, JSON.stringify({ config: json })),
      send('PUT', CONFIGURATION, JSON.stringify({ config: { originRequest: { access: json }, ingress: [json] } })),
      send('PATCH', `${TUNNELS}/${TUNNEL}`, JSON.stringify({ name: 5, metadata: json })),
      send('DELETE', `${TUNNELS}/${UNKNOWN_ID}`, text),
      send('POST', RECORDS, JSON.stringify({ type: 'TXT', name: 'example.com', content: text, comment: text })),
      send('POST', `${NETWORKS}/virtual_networks`, JSON.stringify({ name: text, comment: text })),
      send('POST', `${NETWORKS}/routes`, JSON.stringify({ network: '10.0.0.0/8', tunnel_id: TUNNEL, comment: text })),
      send('POST', `${ACCESS}/tags`, JSON.stringify({ name: text })),
      send('POST', `${ACCESS}/policies`, JSON.stringify({ name: text, decision: 'allow', include: [{ rule: json }] })),
      send('POST', '/client/v4/nowhere', text),
    )
    const broken = fc.constantFrom(
      send('POST', TUNNELS, text.slice(0, -1)),
      send('POST', TUNNELS, Buffer.from(`\ufeff${text}`, 'utf16le')),
      send('POST', TUNNELS, Buffer.concat([Buffer.from(text), Buffer.from([0xff])])),
      send('POST', TUNNELS, `"${value}"`),
      send('POST', TUNNELS, `tunnel_secret=${value}&name=a`, 'application/x-www-form-urlencoded'),
      send('POST', TUNNELS, `--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n${value}\r\n--x--`, 'multipart/x'),
    )
    return fc.oneof(whole, broken)
  })
  return requests
}

function inService(value: string): fc.Arbitrary<Request> {
  return fc
    .constantFrom(
      `http://user:${value}@localhost:8080`,
      `tcp://${value}@host`,
      `http://us er:${value}@x`,
      `http://u:${value}/@x`,
    )
    .map(service => {
      const ingress = [{ hostname: 'www.example.com', service }, { service: 'http_status:404' }]
      return send('PUT', CONFIGURATION, JSON.stringify({ config: { ingress } }))
    })
}

/** Everything that people read, or keep with the results of their tests. */
async function readAll({ control }: Emulator, value: string): Promise<string> {
  const url = 'https://www.example.com/'
  const expectation = { body: { tunnel_secret: value, deep: { note: `token=${value}` } }, query: { token: value } }
  const requests = await control.listRequests()
  const outputs = await Promise.all([
    requests,
    control.listRequests({ path: '/accounts', limit: 1 }),
    control.listRequestSummaries({ unread: true }),
    control.getRequest({ id: requests[0]?.id ?? 1 }).catch(String),
    control.verifyRequests(expectation),
    control.verifyRequests({ method: 'POST', path: '/nowhere', body: { name: 'none' }, query: { name: 'none' } }),
    control.listEvents(),
    control.getReport(),
    control.listFaults(),
    control.lint({ leftovers: true }),
    control.getOverview({ deleted: true }),
    control.getDnsOverview(),
    control.getNetworkOverview(),
    control.getAccessOverview(),
    control.listConfigurations({ account_id: ACCOUNT, tunnel_id: TUNNEL }),
    control.listDue(),
    control.listSnapshots(),
    control.getSnapshotChanges({ name: 'start' }),
    control.explain({ url: `https://user:${value}@www.example.com/`, tunnel_id: TUNNEL }),
    control.explain({ url }),
    control.explain({ url: `ftp://user:${value}@www.example.com/` }).catch(String),
  ])
  return JSON.stringify(outputs)
}

/** A recording of the request, in which its response repeats all of it. */
function recorded({ method, url, headers, payload }: Request): string {
  const { pathname, searchParams } = new URL(url.replace('%zz', 'zz'), 'http://localhost')
  const text = String(payload)
  const body = parsed(text)
  const query = Object.fromEntries(searchParams)
  const sent = { ...(headers && { headers }), body }
  const request: Exchange['request'] = { method, path: pathname, query, ...sent }
  return JSON.stringify(redactRecording({ version: 1, steps: [{ request, response: { status: 200, ...sent } }] }))
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

describe('a secret in a request', () => {
  it.each([
    ['headers', 40, inHeaders],
    ['URL', 60, inUrl],
    ['body', 80, inBody],
    ['service', 15, inService],
  ])('in its %s is in nothing that can be read', async (_place, times, requestWith) => {
    const planted = secret.chain(value => fc.tuple(fc.constant(value), requestWith(value), secretText(value)))

    const { lines, inject, failWith } = startFailing()

    await holds(times, planted, async ([value, request, message]) => {
      failWith(message)
      await emulator.inject(request)
      await inject(request)
      await inject(get(`${TUNNELS}/${TUNNEL}`))

      const outputs = { read: await readAll(emulator, value), log: lines.join(''), recording: recorded(request) }
      await emulator.control.clearRequests()
      for (const [output, text] of Object.entries(outputs)) {
        if (contains(text, value))
          throw new Error(`${output} of ${JSON.stringify(request)} reveals ${value}: ${around(text, value)}`)
      }
      expect(lines.length).toBeGreaterThan(0)
    })
  })
})

/** The text near a secret, if it is there as it is. */
function around(text: string, value: string): string {
  const at = text.indexOf(value)
  return at === -1 ? text : `…${text.slice(Math.max(0, at - 200), at + 60)}…`
}

/** A server whose log tells of a defect with the message that `failWith` sets. */
function startFailing() {
  let message = ''
  const server = startWithBrokenStore(
    () => {
      throw new Error(message, { cause: new Error(message) })
    },
    true,
    'info',
  )
  const failWith = (text: string): void => {
    message = text
    server.lines.length = 0
  }
  return { ...server, failWith }
}
