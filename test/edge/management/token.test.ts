import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { State } from '../../../schemas/state.ts'
import type { ManagementResource } from '../../../schemas/token.ts'
import { verifyToken } from '../../../src/edge/management/token.ts'
import { managementClaims } from '../../../src/resources/tokens/rules.ts'
import { findTunnel } from '../../../src/resources/tunnels/store.ts'
import type { World } from '../../../src/world/world.ts'
import { createWorlds } from '../../../src/worlds/registry.ts'
import { ACCOUNT } from '../../support/emulator.ts'
import { EXTENSIONS, memoryStorage, WORLD_LIMITS, worldSettings } from '../../support/world-settings.ts'

const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const DELETED = '00000000-0000-4000-8000-00000000dead'
const AT = '2026-01-01T00:00:00.000000Z'

const state: State = {
  tunnels: [
    { id: TUNNEL, account_tag: ACCOUNT, name: 'shop' },
    { id: DELETED, account_tag: ACCOUNT, name: 'gone', deleted_at: AT },
  ],
}

function start(random_seed?: number) {
  const settings = { ...worldSettings(), frozen_at: AT, ...(random_seed !== undefined && { random_seed }) }
  const worlds = createWorlds(memoryStorage(), [{ name: 'seed', state }], settings, WORLD_LIMITS, EXTENSIONS)
  onTestFinished(() => worlds.close())
  return worlds
}

function claimsFor(world: World, resources: readonly ManagementResource[] = ['logs'], id = TUNNEL) {
  const tunnel = findTunnel(world.db, ACCOUNT, id, world.moment())
  if (!tunnel) throw new Error(`no tunnel ${id}`)
  return managementClaims(tunnel, resources, 'someone', world.now())
}

function encoded(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

describe('a management token', { tags: ['edge_management_resources'] }, () => {
  it.each<[string, readonly ManagementResource[]]>([
    ['/logs', ['logs']],
    ['/ping', ['logs']],
    ['/host_details', ['host_details']],
    ['/metrics', ['admin']],
    ['/debug/pprof/heap', ['admin']],
  ])('opens %s with %j', async (path, resources) => {
    const worlds = start()
    const token = await worlds.main().signer.sign(claimsFor(worlds.main(), resources))

    expect(await verifyToken(worlds.list(), token, path)).toEqual({
      world: worlds.main(),
      tunnel: { id: TUNNEL, account_tag: ACCOUNT },
    })
  })

  it.each<[string, readonly ManagementResource[], string]>([
    ['/metrics', ['logs', 'host_details'], 'admin'],
    ['/host_details', ['logs', 'admin'], 'host_details'],
    ['/logs', ['admin', 'host_details'], 'logs'],
    ['/ping', ['admin'], 'ping'],
    ['/%6Cogs', ['logs'], 'admin'],
    ['/logs/', ['logs'], 'admin'],
  ])('does not open %s with %j', async (path, resources, missing) => {
    const worlds = start()
    const token = await worlds.main().signer.sign(claimsFor(worlds.main(), resources))

    expect(await verifyToken(worlds.list(), token, path)).toEqual({
      refusal: `the access_token has no access to ${missing}`,
    })
  })

  it('belongs to the world that signed it, although a fork has the same tunnel', async () => {
    const worlds = start()
    const fork = await worlds.create('current', worlds.main())
    const token = await fork.signer.sign(claimsFor(fork))

    expect(await verifyToken(worlds.list(), token, '/logs')).toMatchObject({ world: { id: fork.id } })
  })

  it.each([
    [undefined, false],
    [1, true],
  ])('with the random seed %s is valid after a reset: %s', async (randomSeed, isValid) => {
    const worlds = start(randomSeed)
    const token = await worlds.main().signer.sign(claimsFor(worlds.main()))
    await worlds.reset(worlds.main(), 'seed')

    expect('world' in (await verifyToken(worlds.list(), token, '/logs'))).toBe(isValid)
  })

  it('is refused with any other signature', async () => {
    const worlds = start()
    const [header, claims, own] = (await worlds.main().signer.sign(claimsFor(worlds.main()))).split('.')
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async bytes => {
      const signature = Buffer.from(bytes).toString('base64url')
      fc.pre(signature !== own)
      return 'refusal' in (await verifyToken(worlds.list(), `${header}.${claims}.${signature}`, '/logs'))
    })

    await fc.assert(property)
  })

  it('expires by the clock of its world', async () => {
    const worlds = start()
    const world = worlds.main()
    const token = await world.signer.sign(claimsFor(world))

    world.clock.freeze('2026-01-01T00:59:59.999999Z')
    expect(await verifyToken(worlds.list(), token, '/logs')).toMatchObject({ world })
    world.clock.freeze('2026-01-01T01:00:00.000000Z')
    expect(await verifyToken(worlds.list(), token, '/logs')).toEqual({ refusal: 'the access_token has expired' })
  })

  it('is refused when its tunnel is deleted or unknown', async () => {
    const worlds = start()
    const world = worlds.main()
    const unknown = { ...claimsFor(world), tun: { id: '0'.repeat(32), account_tag: ACCOUNT } }

    for (const claims of [claimsFor(world, ['logs'], DELETED), unknown]) {
      expect(await verifyToken(worlds.list(), await world.signer.sign(claims), '/logs')).toEqual({
        refusal: 'the tunnel of the access_token does not exist',
      })
    }
  })

  it('is refused when another key signed it, or its content was changed', async () => {
    const worlds = start()
    const claims = claimsFor(worlds.main())
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const content = `${encoded({ alg: 'ES256' })}.${encoded(claims)}`
    const signature = sign('sha256', Buffer.from(content), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    const [header, , own] = (await worlds.main().signer.sign(claims)).split('.')
    const widened = encoded({ ...claims, res: ['admin'] })

    const forged = [`${content}.${signature.toString('base64url')}`, `${header}.${widened}.${own}`, `${content}.`]
    for (const token of forged) {
      expect(await verifyToken(worlds.list(), token, '/logs')).toEqual({
        refusal: 'the access_token was not signed by this emulator, or before a reset',
      })
    }
  })

  it('is refused like a missing one when it is not a token', { tags: ['edge_management_refusal'] }, async () => {
    const worlds = start()
    const claims = claimsFor(worlds.main())
    const withHeader = (header: object, ...change: readonly object[]) =>
      `${encoded(header)}.${encoded(Object.assign({}, claims, ...change))}.AAAA`
    const es256 = { alg: 'ES256' }
    const malformed = [
      undefined,
      '',
      'x',
      'a.b.c',
      `${withHeader(es256)}.d`,
      withHeader({ alg: 'none' }),
      withHeader(es256, { tun: null }),
      withHeader(es256, { tun: { id: TUNNEL } }),
      withHeader(es256, { actor: {} }),
      withHeader(es256, { res: 'logs' }),
      withHeader(es256, { exp: 'never' }),
      `${encoded(es256)}.${encoded('text')}.AAAA`,
    ]

    for (const text of malformed) {
      expect(await verifyToken(worlds.list(), text, '/logs')).toEqual({
        refusal: 'missing access_token query parameter',
      })
    }
  })
})
