/** Where DNS leads a hostname, as `explain` tells it. */
import { describe, expect, it } from 'vitest'
import type { State } from '../../../schemas/state.ts'
import type { StateDnsRecord } from '../../../schemas/state-dns-record.ts'
import { ACCOUNT, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'

const OTHER_ACCOUNT = '0123456789abcdef0123456789abcdef'
const WEB = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const DELETED = '1bedc50d-42b3-473c-b108-ff3d10c0d925'
const FOREIGN = '2bedc50d-42b3-473c-b108-ff3d10c0d925'

const SEED: State = {
  zones: [
    { name: 'example.com', account_id: ACCOUNT },
    { name: 'deep.example.com', account_id: ACCOUNT },
    { name: 'example.org', account_id: OTHER_ACCOUNT },
    { name: 'paused.example', account_id: ACCOUNT, paused: true },
    { name: 'pending.example', account_id: ACCOUNT, status: 'pending' },
    { name: 'bücher.example', account_id: ACCOUNT },
  ],
  tunnels: [
    { account_tag: ACCOUNT, id: WEB, name: 'web' },
    { account_tag: ACCOUNT, id: DELETED, name: 'old', created_at: '-2d', deleted_at: '-1d' },
    { account_tag: OTHER_ACCOUNT, id: FOREIGN, name: 'foreign' },
  ],
}

function cname(name: string, content = `${WEB}.cfargotunnel.com`, proxied = true): StateDnsRecord {
  return { zone: name.split('.').slice(-2).join('.'), type: 'CNAME', name, content, proxied }
}

function record(type: StateDnsRecord['type'], name: string, content: string): StateDnsRecord {
  return { zone: 'example.com', type, name, content }
}

/** Where a hostname leads, with these records in zone example.com or the zone of their name. */
async function resolve(hostname: string, ...dns_records: StateDnsRecord[]) {
  const { emulator } = await startEmulator({ seed: [{ ...SEED, dns_records }], clock: '2026-01-01T00:00:00Z' })
  const { dns, tunnels, why } = await emulator.control.explain({ url: `https://${hostname}/` })
  return {
    why,
    names: dns?.records.map(({ name }) => name),
    zone: dns?.zone_name,
    missing: dns?.missing_link,
    tunnels: tunnels.map(({ tunnel_name }) => tunnel_name),
  }
}

describe('a hostname', { tags: ['edge_own_account'] }, () => {
  it('leads to the tunnel of its proxied CNAME record', async () => {
    expect(await resolve('app.example.com', cname('app.example.com'))).toEqual({
      why: 'the CNAME app.example.com leads to tunnel web, which has no rule that names the host',
      names: ['app.example.com'],
      zone: 'example.com',
      missing: null,
      tunnels: ['web'],
    })
  })

  it.each([
    ['without a record', [], 'no-dns-record', 'zone example.com has no A, AAAA or CNAME record for app.example.com'],
    [
      'with a TXT record only',
      [record('TXT', 'app', 'x')],
      'no-dns-record',
      'zone example.com has no A, AAAA or CNAME record for app.example.com',
    ],
    [
      'with a record that is not proxied',
      [cname('app.example.com', undefined, false)],
      'not-proxied',
      'the CNAME record app.example.com exists but is not proxied: set proxied to true',
    ],
    [
      'with an address',
      [record('A', 'app', '203.0.113.7')],
      'no-route',
      'the A record app.example.com points at an address, not at a tunnel',
    ],
    [
      'with another target',
      [cname('app.example.com', 'app.example.net')],
      'no-route',
      'the CNAME record app.example.com points at app.example.net, which is in no zone here',
    ],
    [
      'of a deleted tunnel',
      [cname('app.example.com', `${DELETED}.cfargotunnel.com`)],
      'no-route',
      `the CNAME record app.example.com leads to tunnel ${DELETED}, which was deleted at 2025-12-31T00:00:00.000000Z`,
    ],
    [
      'of an unknown tunnel',
      [cname('app.example.com', `${UNKNOWN_ID}.cfargotunnel.com`)],
      'no-route',
      `the CNAME record app.example.com leads to tunnel ${UNKNOWN_ID}, which does not exist`,
    ],
    [
      'of a tunnel in another account',
      [cname('app.example.com', `${FOREIGN}.cfargotunnel.com`)],
      'no-route',
      `the CNAME record app.example.com leads to tunnel ${FOREIGN}, which belongs to account ${OTHER_ACCOUNT}, ` +
        `while zone example.com belongs to account ${ACCOUNT}`,
    ],
  ])('%s leads nowhere', async (_, records, missing, why) => {
    expect(await resolve('app.example.com', ...records)).toMatchObject({ missing, why, tunnels: [] })
  })

  it('belongs to the zone with the longest name', async () => {
    expect(await resolve('app.deep.example.com', cname('app.deep.example.com'))).toMatchObject({
      zone: 'deep.example.com',
      tunnels: [],
    })
  })

  it('in upper case, in other scripts or with a final dot leads to the same tunnel', async () => {
    expect((await resolve('APP.Example.com.', cname('app.example.com'))).tunnels).toEqual(['web'])
    expect((await resolve('a.bücher.example', cname('a.bücher.example'))).tunnels).toEqual(['web'])
  })

  it.each([
    ['paused.example', 'zone paused.example is paused, so nothing in it is proxied'],
    ['pending.example', 'zone pending.example is pending, so nothing in it is proxied'],
  ])('in zone %s leads nowhere', { tags: ['edge_active_zone'] }, async (zone, why) => {
    expect(await resolve(`app.${zone}`, cname(`app.${zone}`))).toMatchObject({
      missing: 'not-proxied',
      why,
      tunnels: [],
    })
  })
})

describe('a wildcard record', { tags: ['edge_wildcards'] }, () => {
  const wildcard = cname('*.example.com')

  it('stands for any depth of subdomain, but not for its domain', async () => {
    expect(await resolve('app.example.com', wildcard)).toMatchObject({ names: ['*.example.com'], tunnels: ['web'] })
    expect((await resolve('a.b.c.example.com', wildcard)).tunnels).toEqual(['web'])
    expect((await resolve('example.com', wildcard)).tunnels).toEqual([])
  })

  it('gives way to the record of the name itself', async () => {
    const why = 'the A record app.example.com points at an address, not at a tunnel'
    expect((await resolve('app.example.com', wildcard, record('A', 'app', '203.0.113.7'))).why).toBe(why)
  })

  it('gives way to a closer wildcard, of any type', async () => {
    const closer = cname('*.b.example.com', 'www.example.net')
    expect((await resolve('a.b.example.com', wildcard, closer)).names).toEqual(['*.b.example.com'])
    expect((await resolve('a.b.example.com', wildcard, record('TXT', '*.b', 'x'))).tunnels).toEqual([])
  })

  it('ends at a name that has a record of its own', async () => {
    const txt = record('TXT', 'b', 'x')
    const why =
      'zone example.com has no A, AAAA or CNAME record for a.b.example.com, ' +
      'and wildcards end at b.example.com, which has a TXT record'
    expect(await resolve('a.b.example.com', wildcard, txt)).toMatchObject({ why, tunnels: [] })
    expect((await resolve('a.c.example.com', wildcard, txt)).tunnels).toEqual(['web'])
  })
})

describe('a chain of CNAME records', { tags: ['edge_cname_chain'] }, () => {
  it.each([
    [true, false],
    [false, true],
  ])('leads to the tunnel if one of them is proxied: %s, %s', async (first, second) => {
    const records = [cname('app.example.com', 'web.example.com', first), cname('web.example.com', undefined, second)]
    expect(await resolve('app.example.com', ...records)).toMatchObject({
      names: ['app.example.com', 'web.example.com'],
      tunnels: ['web'],
    })
  })

  it('leads nowhere if none is proxied', async () => {
    const records = [cname('app.example.com', 'web.example.com', false), cname('web.example.com', undefined, false)]
    expect((await resolve('app.example.com', ...records)).why).toBe(
      'the CNAME record web.example.com exists but is not proxied: set proxied to true',
    )
  })

  it('leads nowhere if it reaches a zone of another account', async () => {
    const chain = [cname('app.example.com', 'app.example.org'), cname('app.example.org', `${FOREIGN}.cfargotunnel.com`)]
    expect(await resolve('app.example.com', ...chain)).toMatchObject({
      missing: 'no-route',
      why: 'the CNAME record app.example.com leads to a zone of another account, example.org: Cloudflare answers error 1014',
      names: ['app.example.com'],
      tunnels: [],
    })
  })

  it('ends after 10 records', async () => {
    const loop = [cname('a.example.com', 'b.example.com'), cname('b.example.com', 'a.example.com')]
    expect(await resolve('a.example.com', ...loop)).toMatchObject({
      missing: 'no-route',
      why: 'a.example.com is more than 10 CNAME records away',
      tunnels: [],
    })
  })
})

describe('DNS does not decide', { tags: ['zone_default'] }, () => {
  const ingress = [{ hostname: 'app.example.com', service: 'bastion' }, { service: 'bastion' }]
  const tunnel = { account_tag: ACCOUNT, id: WEB, name: 'web', configurations: [{ config: { ingress } }] }

  it('in the default zone while it is empty', async () => {
    const { emulator, at } = await startEmulator({ seed: [{ tunnels: [tunnel] }] })
    const explain = () => emulator.control.explain({ url: 'https://app.example.com/' })

    expect(await explain()).toMatchObject({ dns: null, tunnels: [{ tunnel_name: 'web' }] })
    const [zone] = (await at('/zones').get<{ id: string }[]>('')).result
    await at(`/zones/${zone?.id}/dns_records`).post('', { type: 'TXT', name: 'x', content: 'x' })
    expect(await explain()).toMatchObject({ dns: { zone_name: 'example.com', tunnel_id: null }, tunnels: [] })
  })

  it('for a hostname in no zone', async () => {
    const seed: State = { zones: [{ name: 'example.net' }], tunnels: [tunnel] }
    const { emulator } = await startEmulator({ seed: [seed] })

    expect(await emulator.control.explain({ url: 'https://app.example.com/' })).toMatchObject({
      dns: null,
      tunnels: [{ tunnel_name: 'web' }],
    })
  })
})
