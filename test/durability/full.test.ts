/** Storage failures: writes fail completely with an error, and reads continue. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { insertConfiguration } from '../../src/resources/configurations/store.ts'
import { connectorHistory } from '../../src/resources/connections/store.ts'
import { emitTunnelEvent } from '../../src/resources/tunnels/events.ts'
import { allTunnels } from '../../src/resources/tunnels/store.ts'
import { createWorlds } from '../../src/worlds/registry.ts'
import { startWithBrokenStore } from '../support/broken-store.ts'
import { serve, temporary } from '../support/command.ts'
import { startWithFaultyDisk } from '../support/disk-full.ts'
import { ACCOUNT, seedOf, UNKNOWN_ID } from '../support/emulator.ts'
import { EXTENSIONS, memoryStorage, WORLD_LIMITS, worldSettings } from '../support/world-settings.ts'

const REFUSAL = {
  success: false,
  errors: [{ code: 10507, message: 'The data could not be stored' }],
  messages: [],
  result: null,
}
const LARGE = 'x'.repeat(20_000)
const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const CONFIG = { ingress: [{ service: 'http_status:404' }] }
const CONNECTOR_ID = '11111111-1111-4111-8111-111111111111'

describe('the API on a full disk', () => {
  it('answers a write with 507, stores nothing, and accepts it when there is room', async () => {
    const { get, post, patch, create, fill, makeRoom } = await startWithFaultyDisk()
    const { id } = await create({ name: 'blog' })
    fill()

    expect(await post('', { name: LARGE })).toMatchObject({ status: 507, ...REFUSAL })
    expect(await get('')).toMatchObject({ status: 200, result: [{ name: 'blog' }], result_info: { total_count: 1 } })
    expect(await get(`/${id}`)).toMatchObject({ status: 200, result: { name: 'blog' } })
    makeRoom()
    expect(await post('', { name: LARGE })).toMatchObject({ status: 200 })
    expect(await patch(`/${id}`, { name: 'blog2' })).toMatchObject({ status: 200 })
  })

  it('stores neither version nor config_src if a configuration does not fit', async () => {
    const { get, put, create, fill, makeRoom } = await startWithFaultyDisk()
    const { id } = await create({ name: 'blog', config_src: 'local' })
    const config = { ...CONFIG, note: 'x'.repeat(100_000) } // Larger than the free pages of a new database.
    fill()

    expect(await put(`/${id}/configurations`, { config })).toMatchObject({ status: 507, ...REFUSAL })
    expect(await get(`/${id}/configurations`)).toMatchObject({ status: 404 })
    expect(await get(`/${id}`)).toMatchObject({ result: { config_src: 'local' } })
    makeRoom()
    expect(await put(`/${id}/configurations`, { config })).toMatchObject({ result: { version: 0 } })
  })

  it.each<[string, 'post' | 'patch' | 'put' | 'delete', string, object | undefined]>([
    ['create', 'post', '', { name: 'shop' }],
    ['rename', 'patch', `/${ID}`, { name: 'shop' }],
    ['configure', 'put', `/${ID}/configurations`, { config: CONFIG }],
    ['clean up', 'delete', `/${ID}/connections`, undefined],
    ['delete', 'delete', `/${ID}?cascade=true`, undefined],
  ])('refuses to %s and leaves the state unchanged', async (_operation, method, path, body) => {
    const api = await startWithFaultyDisk({ seed: seedOf({ id: ID, name: 'blog', connectors: [{}] }) })
    const state = async () => (await api.send({ url: '/_mockflared/state' })) as object
    const before = await state()
    api.protect()

    expect(await api[method](path, body)).toMatchObject({ status: 507, ...REFUSAL })
    expect(await state()).toEqual({ ...before, headers: expect.anything() })
    api.unprotect()
    expect(await api[method](path, body)).toMatchObject({ status: 200 })
  })

  it('postpones due jobs until there is room, and answers reads meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-01T00:00:00Z') })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const [state] = seedOf({ id: ID, name: 'blog', connectors: [{ id: CONNECTOR_ID }] })
    const step = { after: '1m', account_id: ACCOUNT, tunnel_id: ID, connector_id: CONNECTOR_ID }
    const { get, protect, unprotect } = await startWithFaultyDisk({
      seed: [{ ...state, scenario: [{ ...step, happens: 'stopped' }] }],
    })
    protect()
    vi.setSystemTime(Date.parse('2026-01-01T00:02:00Z'))

    expect(await get(`/${ID}`)).toMatchObject({ status: 200, result: { status: 'healthy' } })
    unprotect()
    expect(await get(`/${ID}`)).toMatchObject({
      result: { status: 'down', conns_inactive_at: expect.stringMatching(/^2026-01-01T00:01:00/) },
    })
  })
})

describe('the control plane on a full disk', () => {
  it('fails writes over HTTP and in process, and continues to read', async () => {
    const { emulator, send, protect, unprotect } = await startWithFaultyDisk({ seed: seedOf({ id: ID, name: 'blog' }) })
    const request = { method: 'POST' as const, url: '/_mockflared/reset', payload: { to: 'empty' } }
    const error = { code: 'storage_failed', message: 'the data could not be stored' }
    protect()

    expect(await send(request)).toMatchObject({ status: 507, error })
    await expect(emulator.control.reset({ to: 'empty' })).rejects.toMatchObject(error)
    expect((await emulator.control.getState()).tunnels).toHaveLength(1)
    unprotect()
    expect(await send(request)).toMatchObject({ status: 200 })
  })
})

describe('a connector on a full disk', () => {
  it('takes a new version later, without an error for the publisher', () => {
    const [state] = seedOf({ id: ID, name: 'blog', config_src: 'cloudflare', connectors: [{ id: CONNECTOR_ID }] })
    const seeds = [{ name: 'seed', state: state ?? {} }]
    const worlds = createWorlds(memoryStorage(), seeds, worldSettings(), WORLD_LIMITS, EXTENSIONS)
    onTestFinished(() => worlds.close())
    const world = worlds.main()
    const { db } = world
    const [tunnel] = allTunnels(db)
    if (!tunnel) throw new Error('no tunnel')
    const taken = () => connectorHistory(db, tunnel)[0]?.config_version
    const now = world.now()
    insertConfiguration(db, tunnel, { version: 1, source: 'cloudflare', config: CONFIG, created_at: now, author: 'me' })
    vi.spyOn(db, 'run').mockImplementationOnce(() => {
      throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL')
    })

    expect(() => emitTunnelEvent(world, 'configuration_published', tunnel, now, { version: 1 })).not.toThrow()
    expect(taken()).toBeNull()
    world.now()
    expect(taken()).toBe(1)
  })
})

describe('an SQLite error', () => {
  it.each([
    'SQLITE_FULL',
    'SQLITE_READONLY',
    'SQLITE_READONLY_DBMOVED',
    'SQLITE_IOERR',
    'SQLITE_IOERR_WRITE',
    'SQLITE_IOERR_READ',
    'SQLITE_CANTOPEN',
    'SQLITE_BUSY',
    'SQLITE_CORRUPT',
  ])('%s is answered with 507 and logged, and the response does not contain the file name', async code => {
    const { inject, lines } = startWithBrokenStore(() => {
      throw new Database.SqliteError('database /srv/data.db: no', code)
    })
    const response = await inject({
      url: `/accounts/${ACCOUNT}/cfd_tunnel/${UNKNOWN_ID}`,
      headers: { authorization: 'Bearer token' },
    })

    expect([response.statusCode, response.json()]).toEqual([507, REFUSAL])
    expect(lines.join()).toContain('/srv/data.db')
  })

  it('for an invalid statement is answered with 500', async () => {
    const { inject } = startWithBrokenStore(() => {
      throw new Database.SqliteError('UNIQUE constraint failed', 'SQLITE_CONSTRAINT_UNIQUE')
    })
    const response = await inject({
      url: `/accounts/${ACCOUNT}/cfd_tunnel/${UNKNOWN_ID}`,
      headers: { authorization: 'Bearer token' },
    })

    expect(response.statusCode).toBe(500)
  })
})

/** Mounts a file system of 1.2 MB for the server alone, with a removable file of 500 kB. */
function onTinyDisk(folder: string): readonly string[] {
  return [
    'unshare',
    '--map-root-user',
    '--mount',
    'sh',
    '-c',
    `mount -t tmpfs -o size=1200k tmpfs ${folder} && head -c 500000 /dev/zero >${folder}/ballast && exec "$@"`,
    'sh',
  ]
}

describe('a server on a real full disk', () => {
  it('keeps exactly the acknowledged writes, reads on, and accepts writes when there is room', async ({ skip }) => {
    const folder = temporary('disk')
    mkdirSync(folder)
    const [program = '', ...rest] = onTinyDisk(folder)
    const { status } = spawnSync(program, [...rest, 'true'])
    if (status !== 0) skip('NOT RUN: this machine does not let a file system be mounted with unshare')

    const { pid, api, stop } = await serve(['--db', `${folder}/data.db`], {}, onTinyDisk(folder))
    const create = (nth: number) => api('POST', '', { name: `t${nth}-${LARGE}` })
    let acknowledged = 0
    while (acknowledged < 200 && (await create(acknowledged)).status === 200) acknowledged += 1

    expect(acknowledged).toBeGreaterThan(5)
    expect(acknowledged).toBeLessThan(200)
    expect(await create(acknowledged)).toEqual({ status: 507, json: REFUSAL })
    expect(await api('GET', '')).toMatchObject({ status: 200, json: { result_info: { total_count: acknowledged } } })
    expect(namesIn(`/proc/${pid}/root${folder}`)).toEqual(
      Array.from({ length: acknowledged }, (_, nth) => `t${nth}-${LARGE}`),
    )

    rmSync(`/proc/${pid}/root${folder}/ballast`)
    expect(await create(acknowledged)).toMatchObject({ status: 200 })
    expect(await api('GET', '')).toMatchObject({ json: { result_info: { total_count: acknowledged + 1 } } })
    expect(await stop('SIGTERM')).toBe(0)
  })
})

/** Reads the names from a copy, as the next server after a kill would. */
function namesIn(folder: string): unknown[] {
  const copy = temporary('copy.db')
  for (const suffix of ['', '-wal']) copyFileSync(`${folder}/data.db${suffix}`, copy + suffix)
  const db = new Database(copy)
  onTestFinished(() => {
    db.close()
  })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  return db.prepare('SELECT name FROM tunnels ORDER BY created_at').pluck().all()
}
