/** What the SDKs do on the wire that a server might choke on, each seen in a journal of `npm run test:clients`. */
import { describe, expect, it } from 'vitest'
import { startAsking } from '../support/clients/http.ts'
import { seedOf } from '../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

/** The habits of all versions at once, with every credential that there is. */
const SDK = {
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

function named(...names: readonly string[]) {
  return { seed: seedOf(...names.map(name => ({ name }))) }
}

describe('the SDKs', () => {
  it.each([
    ['DELETE', `/cfd_tunnel/${ID}/connections`],
    ['DELETE', `/cfd_tunnel/${ID}`],
    ['DELETE', `/tunnels/${ID}/connections`],
    ['DELETE', `/tunnels/${ID}`],
    ['GET', `/cfd_tunnel/${ID}`],
    ['GET', `/cfd_tunnel/${ID}/token`],
  ])('send %s %s with a JSON content type and no body', async (method, path) => {
    const ask = await startAsking(SDK, { seed: seedOf({ id: ID, name: 'blog' }) })

    expect(await ask(method, path)).toMatchObject({ status: 200, body: { success: true } })
  })

  it.each([
    ['2019-10-12T07%253A20%253A50.52Z', ['old']],
    ['2019-10-12T07%3A20%3A50.52Z', ['old']],
    ['2021-01-01T00%253A00%253A00%252B01%253A00', ['new', 'old']],
  ])('send existed_at=%s, encoded once or twice', async (instant, names) => {
    const seed = seedOf(
      { name: 'old', created_at: '2019-01-01T00:00:00Z' },
      { name: 'new', created_at: '2020-01-01T00:00:00Z' },
    )
    const ask = await startAsking(SDK, { seed })

    expect(await ask('GET', `/cfd_tunnel?existed_at=${instant}`)).toMatchObject({
      status: 200,
      body: { result: names.map(name => ({ name })) },
    })
  })

  it.each(['cfd_tunnel', 'tunnels'])('ask for the page after the last of %s, and take it empty', async collection => {
    const ask = await startAsking(SDK, named('a', 'b', 'c', 'd'))

    expect(await ask('GET', `/${collection}?per_page=2&page=3`)).toMatchObject({
      status: 200,
      body: { success: true, result: [], result_info: { page: 3, per_page: 2, count: 0, total_count: 4 } },
    })
  })

  it('name a list once for each of its items', async () => {
    const ask = await startAsking(SDK, named('blog'))

    expect(await ask('GET', '/tunnels?tun_types=warp_connector&tun_types=cfd_tunnel')).toMatchObject({
      body: { result: [{ name: 'blog' }] },
    })
  })
})
