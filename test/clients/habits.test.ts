/** Unusual requests that SDKs send, each seen in a request log of `npm run test:clients`. */
import { describe, expect, it } from 'vitest'
import { startWithHeaders } from '../support/clients/http.ts'
import { seedOf } from '../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

/** The headers of all versions at once, with every kind of credential. */
const SDK_HEADERS = {
  accept: 'application/json',
  'content-type': 'application/json',
  'user-agent': 'Cloudflare/JS 6.5.0',
  'x-stainless-lang': 'js',
  'x-stainless-retry-count': '0',
  'x-stainless-timeout': '60',
  'api-version': '2026-11-24',
  authorization: 'Bearer token',
  'x-auth-email': 'user@example.com',
  'x-auth-key': '144c9defac04969c7bfad8efaa8ea194',
  'x-auth-user-service-key': 'v1.0-key',
}

function seedWithNames(...names: readonly string[]) {
  return { seed: seedOf(...names.map(name => ({ name }))) }
}

describe('a request of an SDK', () => {
  it.each([
    ['DELETE', `/cfd_tunnel/${ID}/connections`],
    ['DELETE', `/cfd_tunnel/${ID}`],
    ['DELETE', `/tunnels/${ID}/connections`],
    ['DELETE', `/tunnels/${ID}`],
    ['GET', `/cfd_tunnel/${ID}`],
    ['GET', `/cfd_tunnel/${ID}/token`],
  ])('%s %s with a JSON content type and no body succeeds', async (method, path) => {
    const send = await startWithHeaders(SDK_HEADERS, { seed: seedOf({ id: ID, name: 'blog' }) })

    expect(await send(method, path)).toMatchObject({ status: 200, body: { success: true } })
  })

  it.each([
    ['2019-10-12T07%253A20%253A50.52Z', ['old']],
    ['2019-10-12T07%3A20%3A50.52Z', ['old']],
    ['2021-01-01T00%253A00%253A00%252B01%253A00', ['new', 'old']],
  ])('with existed_at=%s finds %j', async (instant, names) => {
    const seed = seedOf(
      { id: 'b'.repeat(8) + ID.slice(8), name: 'old', created_at: '2019-01-01T00:00:00Z' },
      { id: 'a'.repeat(8) + ID.slice(8), name: 'new', created_at: '2020-01-01T00:00:00Z' },
    )
    const send = await startWithHeaders(SDK_HEADERS, { seed })

    expect(await send('GET', `/cfd_tunnel?existed_at=${instant}`)).toMatchObject({
      status: 200,
      body: { result: names.map(name => ({ name })) },
    })
  })

  it.each(['cfd_tunnel', 'tunnels'])('for the page after the last page of %s gets an empty page', async collection => {
    const send = await startWithHeaders(SDK_HEADERS, seedWithNames('a', 'b', 'c', 'd'))

    expect(await send('GET', `/${collection}?per_page=2&page=3`)).toMatchObject({
      status: 200,
      body: { success: true, result: [], result_info: { page: 3, per_page: 2, count: 0, total_count: 4 } },
    })
  })

  it('with a parameter repeated for each item of a list is read as a list', async () => {
    const send = await startWithHeaders(SDK_HEADERS, seedWithNames('blog'))

    expect(await send('GET', '/tunnels?tun_types=warp_connector&tun_types=cfd_tunnel')).toMatchObject({
      body: { result: [{ name: 'blog' }] },
    })
  })
})
