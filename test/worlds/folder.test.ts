/** `--db DIR/`: each world in a file of its own, which later servers serve again. */
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { run, serve } from '../support/command.ts'
import { ACCOUNT, seedOf } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'
import { temporaryFolder } from '../support/temporary.ts'

const TUNNEL = '00000000-0000-4000-8000-000000000001'
const SEED = seedOf({ id: TUNNEL, name: 'blog' })

/** Starts a server on a folder; the same folder starts it again. */
function startOn(folder: string, options: EmulatorOptions = {}) {
  return startFrozen({ db: `${folder}/`, seed: SEED, ...options })
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(join(folder, 'worlds')).toSorted()
}

async function namesIn({ emulator }: Awaited<ReturnType<typeof startOn>>, world: string): Promise<readonly string[]> {
  const { tunnels = [] } = await emulator.controlOf(world).getState()
  return tunnels.map(({ name }) => name).toSorted()
}

describe('worlds in a folder', () => {
  it('are served again by the next server, with what they were made from', async () => {
    const folder = temporaryFolder()
    const first = await startOn(folder)
    for (const from of ['seed', 'empty', 'current']) {
      await first.control.createWorldAs({ id: `of-${from}`, from })
      await first.create(`added-${from}`, `of-${from}`)
    }
    await first.create('added', '')
    await first.emulator.close()

    const next = await startOn(folder, { clock: undefined })
    expect((await next.control.listWorlds()).map(({ id, from }) => [id, from])).toEqual([
      ['main', null],
      ['of-seed', 'seed'],
      ['of-empty', 'empty'],
      ['of-current', 'current'],
    ])
    expect(await namesIn(next, 'of-seed')).toEqual(['added-seed', 'blog'])
    expect(await namesIn(next, 'of-empty')).toEqual(['added-empty'])
    expect(await namesIn(next, 'of-current')).toEqual(['added-current', 'blog'])
    expect(await namesIn(next, 'main')).toEqual(['added', 'blog'])
  })

  it('are listed by the next server as they are, although it did not open them', async () => {
    const folder = temporaryFolder()
    const first = await startOn(folder, { seed: ['every-status'] })
    for (const from of ['seed', 'empty']) await first.control.createWorldAs({ id: `of-${from}`, from })
    await first.emulator.controlOf('of-empty').moveClock({ advance: '1d' })
    await first.create('later', 'of-empty')
    await first.emulator.close()

    const next = await startOn(folder)
    const unopened = await next.control.listWorlds()
    expect(filesOf(folder)).toEqual(['of-empty.sqlite', 'of-seed.sqlite'])
    for (const id of ['of-seed', 'of-empty']) await next.emulator.controlOf(id).getState()
    expect(filesOf(folder)).toContain('of-seed.sqlite-wal')
    expect(await next.control.listWorlds()).toEqual(unopened)
  })

  it('are served again after kill -9', async () => {
    const folder = temporaryFolder()
    const first = await serve(['--db', `${folder}/`])
    await first.control('PUT', '/worlds/job-1', { from: 'empty' })
    const client = await worldClient(first, 'job-1')
    await client('POST', { name: 'blog' })
    await first.stop('SIGKILL')

    const next = await serve(['--db', folder])
    const { json } = await (await worldClient(next, 'job-1'))('GET')
    expect(json).toMatchObject({ result: [{ name: 'blog' }] })
    expect((await next.control('GET', '/worlds')).json).toMatchObject([{ id: 'main' }, { id: 'job-1', from: 'empty' }])
  })

  it('have files of their own when their ids differ in case only', async () => {
    const folder = temporaryFolder()
    const first = await startOn(folder)
    for (const id of ['job', 'Job', 'JOB']) {
      await first.control.createWorldAs({ id, from: 'empty' })
      await first.create(`of-${id}`, id)
    }
    await first.emulator.close()

    const files = filesOf(folder)
    expect(new Set(files.map(file => file.toLowerCase())).size).toBe(3)
    const next = await startOn(folder)
    for (const id of ['job', 'Job', 'JOB']) expect(await namesIn(next, id)).toEqual([`of-${id}`])
  })

  it('are independent of the world that they were copied from', async () => {
    const { control, create, ...started } = await startOn(temporaryFolder())
    await control.createWorldAs({ id: 'a', from: 'current' })
    await create('of-main')
    await create('of-a', 'a')
    await started.emulator.controlOf('a').createWorldAs({ id: 'b', from: 'current' })
    await create('of-b', 'b')

    expect(await namesIn({ control, create, ...started }, 'main')).toEqual(['blog', 'of-main'])
    expect(await namesIn({ control, create, ...started }, 'a')).toEqual(['blog', 'of-a'])
    expect(await namesIn({ control, create, ...started }, 'b')).toEqual(['blog', 'of-a', 'of-b'])
  })

  it('keep a reset, a restore and a state for the next server', async () => {
    const folder = temporaryFolder()
    const first = await startOn(folder)
    for (const id of ['reset', 'restored', 'put']) {
      await first.control.createWorldAs({ id, from: 'seed' })
      await first.emulator.controlOf(id).saveSnapshot({ name: 'before' })
      await first.create('later', id)
    }
    await first.emulator.controlOf('reset').reset({ to: 'empty' })
    await first.emulator.controlOf('restored').restoreSnapshot({ name: 'before' })
    await first.emulator.controlOf('put').putState({ tunnels: [{ account_tag: ACCOUNT, name: 'put' }] })
    await first.emulator.close()

    const next = await startOn(folder)
    expect(await namesIn(next, 'reset')).toEqual([])
    expect(await namesIn(next, 'restored')).toEqual(['blog'])
    expect(await namesIn(next, 'put')).toEqual(['put'])
  })

  it('can begin with more data than is copied at once', async () => {
    const folder = temporaryFolder()
    const large = Array.from({ length: 9 }, (_, nth) => ({ name: `t${nth}`, metadata: { x: 'x'.repeat(1_000_000) } }))
    const first = await startOn(folder, { seed: seedOf(...large) })
    await first.control.createWorldAs({ id: 'large', from: 'current' })
    await first.emulator.close()

    const next = await startOn(folder)
    expect(await namesIn(next, 'large')).toHaveLength(large.length)
  })

  it('leave no file when they are deleted, and are gone for the next server', async () => {
    const folder = temporaryFolder()
    const first = await startOn(folder)
    await first.control.createWorldAs({ id: 'a', from: 'seed' })
    await first.create('more', 'a')
    await first.control.deleteWorld({ id: 'a' })
    expect(filesOf(folder)).toEqual([])
    await first.emulator.close()

    const next = await startOn(folder)
    await expect(next.emulator.controlOf('a').getState()).rejects.toMatchObject({ code: 'gone' })
    await next.control.createWorldAs({ id: 'a', from: 'empty' })
    expect(await namesIn(next, 'a')).toEqual([])
  })

  it('lose their connectors when the server stops, like the main world', async () => {
    const folder = temporaryFolder()
    const first = await startOn(folder)
    await first.control.createWorldAs({ id: 'a', from: 'seed' })
    await first.emulator.controlOf('a').connectConnector({ account_id: ACCOUNT, tunnel_id: TUNNEL })
    await first.emulator.close()

    const { emulator } = await startOn(folder)
    const connectors = await emulator.controlOf('a').listConnectors({ account_id: ACCOUNT, tunnel_id: TUNNEL })
    expect(connectors.flatMap(({ connections = [] }) => connections.map(({ state }) => state))).toEqual(
      Array(4).fill('pending'),
    )
  })
})

describe('the idle time of worlds in a folder', () => {
  it('counts while no server runs', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const folder = temporaryFolder()
    const first = await startOn(folder, { world_idle: '1h' })
    await first.control.createWorldAs({ id: 'old', from: 'seed' })
    vi.setSystemTime(Date.now() + 40 * 60_000)
    await first.control.createWorldAs({ id: 'young', from: 'seed' })
    await first.emulator.close()
    vi.setSystemTime(Date.now() + 30 * 60_000)

    const next = await startOn(folder, { world_idle: '1h' })
    expect((await next.control.listWorlds()).map(({ id }) => id)).toEqual(['main', 'young'])
    expect(filesOf(folder).filter(file => file.endsWith('.sqlite'))).toEqual(['young.sqlite'])
  })

  it('starts again with a use, and the next server knows it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const folder = temporaryFolder()
    const first = await startOn(folder, { clock: undefined })
    await first.control.createWorldAs({ id: 'a', from: 'seed' })
    await first.create('used', 'a')
    const before = (await first.control.listWorlds()).find(({ id }) => id === 'a')
    await first.emulator.close()
    vi.setSystemTime(Date.now() + 10 * 60_000)

    const next = await startOn(folder, { clock: undefined })
    const after = (await next.control.listWorlds()).find(({ id }) => id === 'a')
    expect(after?.created_at).toBe(before?.created_at)
    expect(Date.parse(after?.last_used_at ?? '') - Date.parse(before?.last_used_at ?? '')).toBeLessThan(1_000)
  })
})

describe('a folder', () => {
  it('belongs to one server', async () => {
    const folder = temporaryFolder()
    await startOn(folder)

    expect(await run(['--db', `${folder}/`])).toEqual({
      code: 1,
      stderr: `mockflared: database ${folder}/ is in use by another mockflared\n`,
    })
  })

  it('is created by a path that ends with a slash', async () => {
    const folder = join(temporaryFolder(), 'new', 'data')
    await startOn(folder)

    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['.lock', 'main.sqlite', 'worlds', 'worlds.sqlite']))
  })

  it('is refused in one line if it cannot be one', async () => {
    const folder = temporaryFolder({ file: '' })

    await expect(createEmulator({ listen: false, db: `${folder}/file/` })).rejects.toThrow(
      /^cannot open database .*\/file\/: (EEXIST|ENOTDIR)/,
    )
  })

  it('without its list of worlds is refused, and its worlds stay', async () => {
    const folder = temporaryFolder()
    const { control, emulator } = await startOn(folder)
    await control.createWorldAs({ id: 'a', from: 'seed' })
    await emulator.close()
    rmSync(join(folder, 'worlds.sqlite'))

    await expect(startOn(folder)).rejects.toThrow(
      `database ${folder}/worlds.sqlite is missing: put it back, or remove the worlds in ${folder}/worlds`,
    )
    expect(filesOf(folder)).toEqual(['a.sqlite'])
  })

  it('loses what a killed server left of a world that nobody was told about', async () => {
    const folder = temporaryFolder()
    const { control, emulator } = await startOn(folder)
    await control.createWorldAs({ id: 'a', from: 'seed' })
    await emulator.close()
    copyFileSync(join(folder, 'worlds', 'a.sqlite'), join(folder, 'worlds', 'b.sqlite'))

    const next = await startOn(folder)
    expect(filesOf(folder)).toEqual(['a.sqlite'])
    await next.control.createWorldAs({ id: 'b', from: 'empty' })
    expect(await namesIn(next, 'b')).toEqual([])
  })

  it('can lose the file of a world', async () => {
    const folder = temporaryFolder()
    const { control, emulator } = await startOn(folder)
    await control.createWorldAs({ id: 'a', from: 'seed' })
    await emulator.close()
    rmSync(join(folder, 'worlds', 'a.sqlite'))

    const next = await startOn(folder)
    expect((await next.control.listWorlds()).map(({ id }) => id)).toEqual(['main'])
  })
})

describe('a world whose file is damaged', () => {
  const startDamaged = async () => {
    const folder = temporaryFolder()
    const first = await startOn(folder)
    for (const id of ['bad', 'good']) await first.control.createWorldAs({ id, from: 'seed' })
    await first.emulator.close()
    const file = join(folder, 'worlds', 'bad.sqlite')
    writeFileSync(file, readFileSync(file).fill(0xa5, 20_000, 30_000))
    return { file, ...(await startOn(folder)) }
  }

  it.each(['/client/v4/accounts', '/_mockflared/clock'])('answers 507 at %s, and others are served', async path => {
    const { emulator } = await startDamaged()
    const statusOf = async (world: string) =>
      (await emulator.inject({ url: `/w/${world}${path}`, headers: { authorization: 'Bearer token' } })).statusCode

    expect([await statusOf('bad'), await statusOf('good')]).toEqual([507, 200])
    await expect(emulator.controlOf('bad').getState()).rejects.toMatchObject({
      code: 'storage_failed',
      message: 'world bad cannot be opened; the log of the server says why',
    })
  })

  it('does not keep the others from a list, and can be deleted', async () => {
    const { control, file } = await startDamaged()
    expect((await control.listWorlds()).map(({ id }) => id)).toEqual(expect.arrayContaining(['main', 'good']))
    await control.deleteWorld({ id: 'bad' })

    expect(existsSync(file)).toBe(false)
    await expect(control.createWorldAs({ id: 'bad', from: 'seed' })).resolves.toMatchObject({ tunnels: 1 })
  })
})

describe('a full disk', () => {
  it('refuses a world with 507, and leaves nothing of it', async () => {
    const folder = temporaryFolder()
    const { control } = await startOn(folder)
    const { prepare } = Database.prototype
    const spy = vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, sql) {
      if (sql.startsWith('INSERT INTO worlds')) throw new Database.SqliteError('disk is full', 'SQLITE_FULL')
      return prepare.call(this, sql)
    })
    onTestFinished(() => spy.mockRestore())

    await expect(control.createWorldAs({ id: 'a', from: 'seed' })).rejects.toMatchObject({ code: 'storage_failed' })
    expect(filesOf(folder)).toEqual([])
    spy.mockRestore()
    await expect(control.createWorldAs({ id: 'a', from: 'seed' })).resolves.toMatchObject({ tunnels: 1 })
  })
})

/** Sends requests about tunnels to a world of a server in a process of its own. */
async function worldClient({ control }: Awaited<ReturnType<typeof serve>>, id: string) {
  const list = (await control('GET', '/worlds')).json as readonly { readonly id: string; readonly base_url: string }[]
  const base_url = list.find(world => world.id === id)?.base_url
  return async (method: string, body?: object): Promise<{ status: number; json: unknown }> => {
    const response = await fetch(`${base_url}/accounts/${ACCOUNT}/cfd_tunnel`, {
      method,
      headers: { authorization: 'Bearer token', connection: 'close' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, json: await response.json() }
  }
}
