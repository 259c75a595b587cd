import { describe, expect, it } from 'vitest'
import type { TunnelConfig } from '../../schemas/configuration.ts'
import type { Control } from '../../schemas/control/control.ts'
import type { State } from '../../schemas/state.ts'
import type { StateDnsRecord } from '../../schemas/state-dns-record.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { ACCOUNT, startEmulator, UNKNOWN_ID } from '../support/emulator.ts'

const OTHER_ACCOUNT = '0123456789abcdef0123456789abcdef'
const ZONE = '0'.repeat(32)
const WEB = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const BLUE = '3bedc50d-42b3-473c-b108-ff3d10c0d925'
const DELETED = '1bedc50d-42b3-473c-b108-ff3d10c0d925'
const STAGING = '4bedc50d-42b3-473c-b108-ff3d10c0d925'
const FOREIGN = '2bedc50d-42b3-473c-b108-ff3d10c0d925'

function stateWith(config: TunnelConfig, ...dns_records: StateDnsRecord[]): State {
  return {
    zones: [{ name: 'example.com', id: ZONE, account_id: ACCOUNT }],
    dns_records,
    tunnels: [
      { account_tag: ACCOUNT, id: WEB, name: 'web', config_src: 'cloudflare', configurations: [{ config }] },
      { account_tag: ACCOUNT, id: BLUE, name: 'blue' },
      { account_tag: ACCOUNT, id: DELETED, name: 'old', created_at: '-2d', deleted_at: '-1d' },
      { account_tag: OTHER_ACCOUNT, id: FOREIGN, name: 'foreign' },
    ],
  }
}

function cname(name: string, tunnel = WEB, proxied = true): StateDnsRecord {
  return { type: 'CNAME', name, content: `${tunnel}.cfargotunnel.com`, proxied }
}

function rulesFor(...hostnames: string[]): TunnelConfig {
  return { ingress: [...hostnames.map(hostname => ({ hostname, service: 'bastion' })), { service: 'bastion' }] }
}

async function lint(state: State) {
  const { emulator } = await startEmulator({ seed: [state], clock: '2026-01-01T00:00:00Z' })
  return emulator.control.lint()
}

/** With a configuration that is not checked, which no seed can have. */
async function lintUnchecked(config: TunnelConfig) {
  const { emulator, put } = await startEmulator({ seed: [stateWith({})], check_ingress: false })
  await put(`/${WEB}/configurations`, { config })
  return emulator.control.lint()
}

const FITTING = stateWith(rulesFor('app.example.com'), cname('app'))

it('lint finds nothing in an empty world, and nothing where all fits together', async () => {
  expect(await lint({})).toEqual([])
  expect(await lint(FITTING)).toEqual([])
})

describe('lint finds a DNS record', () => {
  it.each([
    [UNKNOWN_ID, 'record_of_unknown_tunnel', 'which does not exist'],
    [DELETED, 'record_of_deleted_tunnel', 'which was deleted at 2025-12-31T00:00:00.000000Z'],
    [
      FOREIGN,
      'record_of_foreign_tunnel',
      `which belongs to account ${OTHER_ACCOUNT}, while zone example.com belongs to account ${ACCOUNT}`,
    ],
  ])('that leads to tunnel %s: %s', async (tunnel, rule, why) => {
    const what = `the CNAME record app.example.com leads to tunnel ${tunnel}, ${why}`
    expect(await lint(stateWith({}, cname('app', tunnel)))).toEqual([
      {
        rule,
        message: `${what}: delete the record, or point it at another tunnel`,
        account_id: ACCOUNT,
        zone_id: ZONE,
        id: expect.stringMatching(/^[\da-f]{32}$/),
        name: 'app.example.com',
      },
    ])
  })

  it('that leads to a tunnel but is not proxied', async () => {
    const message = `the CNAME record app.example.com leads to tunnel ${WEB} but is not proxied: set proxied to true`
    expect(await lint(stateWith({}, cname('app', WEB, false)))).toMatchObject([{ rule: 'record_not_proxied', message }])
  })

  it('once, although a rule names the host of the record', async () => {
    const findings = await lint(stateWith(rulesFor('app.example.com'), cname('app', WEB, false)))
    expect(findings.map(({ rule }) => rule)).toEqual(['record_not_proxied'])
  })
})

describe('lint finds a hostname', () => {
  const needs = (hostname: string) =>
    `${hostname} of tunnel web needs a proxied CNAME record for ${WEB}.cfargotunnel.com`

  it('that has no record', async () => {
    const message = `${needs('app.example.com')}: zone example.com has no A, AAAA or CNAME record for app.example.com`
    expect(await lint(stateWith(rulesFor('app.example.com')))).toEqual([
      { rule: 'hostname_without_dns', message, account_id: ACCOUNT, id: WEB, name: 'app.example.com' },
    ])
  })

  it('that leads to another tunnel', async () => {
    const message = `${needs('app.example.com')}: the CNAME app.example.com leads to tunnel blue`
    expect(await lint(stateWith(rulesFor('app.example.com'), cname('app', BLUE)))).toMatchObject([{ message }])
  })

  it.each([
    ['*.example.com', cname('*'), []],
    ['*.example.com', cname('app'), []],
    ['*.a.example.com', cname('*'), []],
    ['*.a.example.com', cname('app'), ['*.a.example.com']],
    ['*.example.com', cname('app', BLUE), ['*.example.com']],
  ])('%s with record %j: %j', async (hostname, record, names) => {
    expect((await lint(stateWith(rulesFor(hostname), record))).map(({ name }) => name)).toEqual(names)
  })

  it.each(['*', '', 'app.example.net', 'not a name'])('but not "%s"', async hostname => {
    const findings = await lintUnchecked({ ingress: [{ hostname, service: 'bastion' }] })
    expect(findings.filter(({ rule }) => rule === 'hostname_without_dns')).toEqual([])
  })

  it('but none of a deleted tunnel', async () => {
    const { emulator, delete: remove } = await startEmulator({ seed: [stateWith(rulesFor('app.example.com'))] })
    await remove(`/${WEB}`)
    expect(await emulator.control.lint()).toEqual([])
  })
})

describe('lint finds a configuration', () => {
  it('without a catch-all', async () => {
    const config = { ingress: [{ hostname: 'a.example.net', service: 'http://localhost' }] }
    expect(await lintUnchecked(config)).toMatchObject([
      {
        rule: 'configuration_refused',
        message: expect.stringMatching(
          /^cloudflared refuses version 2 of .* tunnel web: .*last ingress rule must match/,
        ),
        account_id: ACCOUNT,
        id: WEB,
        name: 'web',
      },
    ])
  })

  it('with an invalid service, and tells no password of it', async () => {
    const findings = await lintUnchecked({ ingress: [{ service: 'http://user:hush@localhost/path' }] })
    expect(findings).toMatchObject([{ rule: 'configuration_refused' }])
    expect(findings[0]?.message).not.toContain('hush')
  })

  it('but none without rules, for which cloudflared has a default', async () => {
    expect(await lintUnchecked({ ingress: [] })).toEqual([])
  })
})

describe('lint finds a route', () => {
  const stateOf = (...routes: [tunnel_id: string, network: string, virtual_network_id?: string][]): State => ({
    ...stateWith({}),
    virtual_networks: [{ account_id: ACCOUNT, name: 'staging', id: STAGING }],
    routes: routes.map(([tunnel_id, network, virtual_network_id]) => ({
      account_id: ACCOUNT,
      tunnel_id,
      network,
      ...(virtual_network_id && { virtual_network_id }),
    })),
  })

  it('within the closest route of another tunnel', async () => {
    const message =
      `route 10.1.2.0/24 of tunnel ${WEB} lies within 10.1.0.0/16 of tunnel ${BLUE}: ` +
      'separate them, or put one into another virtual network'
    const routes = stateOf([WEB, '10.0.0.0/8'], [WEB, '10.1.2.0/24'], [BLUE, '10.1.0.0/16'])
    expect(await lint(routes)).toMatchObject([
      { rule: 'routes_overlap', message, account_id: ACCOUNT, name: '10.1.2.0/24' },
      { name: '10.1.0.0/16' },
    ])
  })

  it.each([
    ['of the same tunnel', stateOf([WEB, '10.0.0.0/8'], [WEB, '10.1.0.0/16'])],
    ['beside it', stateOf([WEB, '10.0.0.0/16'], [BLUE, '10.1.0.0/16'])],
    ['in another virtual network', stateOf([WEB, '10.0.0.0/8'], [BLUE, '10.1.0.0/16', STAGING])],
  ])('but none %s', async (_, state) => {
    expect(await lint(state)).toEqual([])
  })

  it('but no deleted one', async () => {
    const { emulator, delete: remove } = await startEmulator({
      seed: [stateOf([WEB, '10.0.0.0/8'], [BLUE, '10.1.0.0/16'])],
    })
    await remove(`/${BLUE}?cascade=true`)
    expect(await emulator.control.lint()).toEqual([])
  })
})

describe('lint with leftovers', () => {
  async function startWithLeftovers() {
    const emulator = await startEmulator({ seed: [FITTING], clock: '2026-01-01T00:00:00Z' })
    const { id } = await emulator.create({ name: 'api' })
    const records = emulator.at(`/zones/${ZONE}/dns_records`)
    const { result } = await records.post<{ id: string }>('', cname('api', id))
    return { ...emulator, control: emulator.emulator.control, id, records, record: result.id }
  }

  it('finds what was created and not deleted', async () => {
    const { control, id, record } = await startWithLeftovers()

    expect(await control.lint()).toEqual([])
    expect(await control.lint({ leftovers: true })).toEqual([
      {
        rule: 'leftover',
        message: 'tunnel api was created at 2026-01-01T00:00:00.000000Z and never deleted: delete it at the end',
        account_id: ACCOUNT,
        id,
        name: 'api',
      },
      {
        rule: 'leftover',
        message:
          'DNS record api.example.com was created at 2026-01-01T00:00:00.000000Z and never deleted: delete it at the end',
        account_id: ACCOUNT,
        zone_id: ZONE,
        id: record,
        name: 'api.example.com',
      },
    ])
  })

  it('finds objects of every product', async () => {
    const { at, control } = await startWithLeftovers()
    const { post } = at(`/accounts/${ACCOUNT}`)
    await post('/teamnet/virtual_networks', { name: 'staging' })
    await post('/teamnet/routes', { network: '10.0.0.0/8', tunnel_id: WEB })
    await post('/zerotrust/routes/hostname', { hostname: 'a.internal', tunnel_id: WEB })
    await post('/access/tags', { name: 'blue' })

    const found = (await control.lint({ leftovers: true })).map(({ message }) => message.split(' was created')[0])
    expect(found).toEqual([
      'tunnel api',
      'DNS record api.example.com',
      expect.stringMatching(/^virtual network [\da-f-]{36}$/),
      expect.stringMatching(/^route [\da-f-]{36}$/),
      expect.stringMatching(/^hostname route [\da-f-]{36}$/),
      'Access tag blue',
    ])
  })

  it('knows each event of a creation, with that of the deletion', () => {
    const { event_types, object_kinds } = PRODUCTS

    expect(object_kinds.map(({ created }) => created).toSorted()).toEqual(
      event_types.filter(type => type.endsWith('_created')).toSorted(),
    )
    for (const { created, deleted } of object_kinds) {
      expect(deleted).toBe(created.replace(/created$/, 'deleted'))
      expect(event_types).toContain(deleted)
    }
  })

  it('finds nothing that was deleted', async () => {
    const { control, id, records, record, delete: remove } = await startWithLeftovers()
    await records.delete(`/${record}`)
    await remove(`/${id}`)

    expect(await control.lint({ leftovers: true })).toEqual([])
  })

  it.each([
    ['reset', (control: Control) => control.reset()],
    ['restored snapshot', (control: Control) => control.restoreSnapshot({ name: 'dirty' })],
    ['state', async (control: Control) => control.putState(await control.getState())],
  ])('starts again with a %s', async (_, load) => {
    const { control } = await startWithLeftovers()
    await control.saveSnapshot({ name: 'dirty' })
    await load(control)

    expect(await control.lint({ leftovers: true })).toEqual([])
  })

  it('knows only its own world', async () => {
    const { control, emulator } = await startWithLeftovers()
    const { id } = await control.createWorld({ from: 'current' })

    expect(await emulator.controlOf(id).lint({ leftovers: true })).toEqual([])
  })
})
