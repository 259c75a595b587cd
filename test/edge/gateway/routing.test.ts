/** Which tunnel a hostname leads to, and what a visitor learns if it leads to none. */
import { describe, expect, it } from 'vitest'
import type { TunnelKey } from '../../../schemas/records.ts'
import type { State } from '../../../schemas/state.ts'
import { createDirectory } from '../../../src/edge/gateway/directory.ts'
import { createRegistry } from '../../../src/edge/registry.ts'
import { APP, addConnection, SEED, startGateway, startWorlds, WEB } from '../../support/edge/gateway.ts'
import { ask } from '../../support/edge/gateway-client.ts'
import { responseHead } from '../../support/edge/packed-headers.ts'
import { ACCOUNT } from '../../support/emulator.ts'

const SHOP: TunnelKey = { account_tag: ACCOUNT, id: '1bedc50d-42b3-473c-b108-ff3d10c0d925' }
const ZONE = { name: 'example.com', account_id: ACCOUNT }

function tunnel({ id, account_tag }: TunnelKey, name: string, ...hostnames: string[]) {
  const ingress = [
    ...hostnames.map(hostname => ({ hostname, service: 'http://localhost' })),
    { service: 'http_status:404' },
  ]
  return { id, account_tag, name, configurations: [{ config: { ingress } }] }
}

function cname(name: string, { id }: TunnelKey, proxied = true) {
  return { zone: 'example.com', type: 'CNAME' as const, name, content: `${id}.cfargotunnel.com`, proxied }
}

/** Where a hostname leads while each tunnel has a connection: the name of the tunnel, or what is missing. */
async function lead(seed: State, hostname: string): Promise<string> {
  const worlds = startWorlds(seed)
  const registry = createRegistry()
  for (const key of [WEB, SHOP]) await addConnection(registry, () => {}, { tunnel: key })
  const found = createDirectory(worlds, registry)({ hostname, headers: [] })
  return typeof found === 'string' ? found : found.tunnel.id === WEB.id ? 'web' : 'shop'
}

describe('a hostname in a zone', () => {
  const seed = (...dns_records: ReturnType<typeof cname>[]): State => ({
    zones: [ZONE],
    tunnels: [tunnel(WEB, 'web', APP), tunnel(SHOP, 'shop', 'shop.example.com')],
    dns_records,
  })

  it.each([
    ['a proxied CNAME record', [cname('app', SHOP)], 'shop'],
    ['a wildcard record', [cname('*', SHOP)], 'shop'],
    ['a record of its own beside a wildcard', [cname('*', SHOP), cname('app', WEB)], 'web'],
    ['no record, though a configuration names it', [], 'no-dns-record'],
    ['a record that is not proxied', [cname('app', WEB, false)], 'not-proxied'],
    [
      'a record of an unknown tunnel',
      [cname('app', { ...WEB, id: '00000000-0000-4000-8000-00000000dead' })],
      'no-route',
    ],
  ])('with %s', async (_what, records, expected) => {
    expect(await lead(seed(...records), APP)).toBe(expected)
  })

  it('without a final dot and in lower case is the one of the record', async () => {
    const { plain } = await startGateway({
      seed: seed(cname('app', WEB)),
      serve: stream => {
        stream.respond(responseHead(200))
        stream.end('web')
      },
    })
    expect(await ask(plain, { hostname: 'APP.Example.com.:80' })).toMatchObject({ status: 200, text: 'web' })
  })
})

describe('a hostname where DNS does not decide', () => {
  it.each([
    ['app.example.net', 'web'],
    ['a.example.net', 'shop'],
    ['a.b.example.net', 'shop'],
    ['a.deep.example.net', 'web'],
    ['xn--bcher-kva.example', 'web'],
    ['example.net', 'no-route'],
    ['other.test', 'no-route'],
  ])('such as %s leads to %s', async (hostname, expected) => {
    const seed = {
      zones: [ZONE],
      tunnels: [
        tunnel(WEB, 'web', 'app.example.net', '*.deep.example.net', 'bücher.example'),
        tunnel(SHOP, 'shop', '*.example.net'),
      ],
    }
    expect(await lead(seed, hostname)).toBe(expected)
  })

  it('in the empty default zone leads to the tunnel whose configuration names it', async () => {
    expect(await lead(SEED, APP)).toBe('web')
  })

  it('that two tunnels name leads to the first one with a connection', async () => {
    const worlds = startWorlds({ tunnels: [tunnel(WEB, 'web', APP), tunnel(SHOP, 'shop', APP)] })
    const registry = createRegistry()
    const connection = await addConnection(registry, () => {}, { tunnel: SHOP })
    expect(createDirectory(worlds, registry)({ hostname: APP, headers: [] })).toBe(connection)
  })

  it('whose connection was lost leads to another replica, if there is one', { tags: ['edge_sent_again'] }, async () => {
    const registry = createRegistry()
    const lost = await addConnection(registry, () => {})
    registry.add({ ...lost, index: 1 })
    const find = createDirectory(startWorlds(), registry)
    const connectorsFound = () =>
      new Set([1, 2, 3].map(() => Object(find({ hostname: APP, headers: [] }, lost)).connector_id))
    expect(connectorsFound()).toEqual(new Set([lost.connector_id]))

    const other = await addConnection(registry, () => {})
    expect(connectorsFound()).toEqual(new Set([other.connector_id]))
  })

  it('of a deleted tunnel leads nowhere', async () => {
    const deleted = { ...tunnel(WEB, 'web', APP), created_at: '-2d', deleted_at: '-1d' }
    expect(await lead({ tunnels: [deleted] }, APP)).toBe('no-route')
  })
})

describe('the name of a tunnel', () => {
  it('below cfargotunnel.com leads to it', async () => {
    expect(await lead({ tunnels: [tunnel(WEB, 'web')] }, `${WEB.id}.cfargotunnel.com`)).toBe('web')
    expect(await lead({ tunnels: [tunnel(WEB, 'web')] }, `${SHOP.id}.cfargotunnel.com`)).toBe('no-route')
  })
})

describe('a change', () => {
  const start = async () => {
    const worlds = startWorlds()
    const registry = createRegistry()
    const connection = await addConnection(registry, () => {})
    const find = createDirectory(worlds, registry)
    return { worlds, registry, connection, lead: (hostname: string) => find({ hostname, headers: [] }) }
  }

  it('of the data of a world counts from the next visit', async () => {
    const { worlds, connection, lead } = await start()
    expect(lead(APP)).toBe(connection)
    await worlds.replace(worlds.main(), { tunnels: [tunnel(WEB, 'web', 'new.example.com')] })
    expect(lead(APP)).toBe('no-route')
    expect(lead('new.example.com')).toBe(connection)
  })

  it.each(['tunnel_deleted', 'configuration_published', 'dns_record_created'] as const)(
    'that the event %s tells counts from the next visit',
    async type => {
      const { worlds, connection, lead } = await start()
      const { db, events, clock } = worlds.main()
      expect(lead(APP)).toBe(connection)
      db.run("UPDATE tunnels SET deleted_at = created_at WHERE name = 'web'")
      expect(lead(APP)).toBe(connection)
      events.emit({ at: clock.now(), type })
      expect(lead(APP)).toBe('no-route')
    },
  )
})

describe('the worlds', () => {
  const start = async (serving: 'main' | 'other' | 'none') => {
    const worlds = startWorlds()
    await worlds.create('seed', worlds.main(), 'other')
    const registry = createRegistry()
    if (serving !== 'none') {
      await addConnection(
        registry,
        stream => {
          stream.respond(responseHead(200))
          stream.end(serving)
        },
        { world_id: serving },
      )
    }
    return startGateway({ worlds, registry })
  }
  const named = (world: string) => ({ hostname: APP, headers: { 'mockflared-world': world } })

  it.each(['main', 'other'] as const)('serve a hostname from the first one with a connection: %s', async world => {
    const { plain } = await start(world)
    expect(await ask(plain, { hostname: APP })).toMatchObject({ status: 200, text: world })
  })

  it('are limited to one by a header', async () => {
    const { plain } = await start('main')
    expect(await ask(plain, named('main'))).toMatchObject({ status: 200, text: 'main' })
    expect((await ask(plain, named('other'))).headers['mockflared-edge']).toBe('no-connector')
    expect((await ask(plain, named('unknown'))).headers['mockflared-edge']).toBe('no-world')
  })

  it('without a connection say so', { tags: ['edge_unreachable'] }, async () => {
    const { plain } = await start('none')
    expect(await ask(plain, { hostname: APP })).toMatchObject({
      status: 530,
      text: 'error code: 1033',
      headers: { 'mockflared-edge': 'no-connector', 'content-type': 'text/plain; charset=utf-8' },
    })
    expect(await ask(plain, { hostname: 'other.test' })).toMatchObject({
      status: 530,
      text: 'error code: 1033',
      headers: { 'mockflared-edge': 'no-route' },
    })
  })
})
