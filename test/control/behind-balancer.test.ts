import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { seedOf } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'
import { temporaryFolder } from '../support/temporary.ts'

async function start(options = {}) {
  const { emulator, control, create } = await startFrozen({
    behind_balancer: true,
    seed: seedOf({ name: 'blog' }),
    ...options,
  })
  await control.createWorldAs({ id: 'job-1' })
  await create('news', 'job-1')
  await emulator.controlOf('job-1').saveSnapshot({ name: 'saved' })
  /** A path before `/worlds/{id}`, as a client sends it. */
  const put = async (prefix: string, id: string, from: string) => {
    const url = `${prefix}/_mockflared/worlds/${id}`
    const response = await emulator.inject({ method: 'PUT', url, payload: { from } })
    return { status: response.statusCode, ...response.json() }
  }
  return { emulator, control, put }
}

describe('a server with behind_balancer', () => {
  it.each([
    ['', 'main'],
    ['/w/main', 'main'],
    ['/w/job-1', 'job-1'],
  ])('generates an id that leads back to it, for POST below %j', async (prefix, family) => {
    const { emulator } = await start()
    const response = await emulator.inject({ method: 'POST', url: `${prefix}/_mockflared/worlds`, payload: {} })
    const { id, base_url } = response.json()

    expect(id).toMatch(new RegExp(`^${family}\\.[0-9a-f]{8}$`))
    expect((await emulator.inject({ url: `/w/${id}/_mockflared/clock` })).statusCode).toBe(200)
    expect(base_url).toContain(`/w/${id}/`)
  })

  it.each([
    ['', 'job-2', 'seed', 1],
    ['', 'job-2.copy', 'empty', 0],
    ['', 'main.copy', 'current', 1],
    ['/w/main', 'main.copy', 'current', 1],
    ['/w/job-1', 'job-1.copy', 'current', 2],
    ['/w/job-1', 'job-1.copy', 'saved', 2],
    ['/w/job-1', 'job-1.copy', 'seed', 1],
  ])('creates, below %j, world %s from %s', async (prefix, id, from, tunnels) => {
    const { put } = await start()

    expect(await put(prefix, id, from)).toMatchObject({ status: 200, id, tunnels })
  })

  it.each([
    ['', 'job-2', 'current', 'main', 'main.job-2'],
    ['', 'job-1.copy', 'current', 'main', 'main.job-1-copy'],
    ['', 'job-2', 'saved', 'main', 'main.job-2'],
    ['/w/main', 'job-2', 'seed', 'main', 'main.job-2'],
    ['/w/job-1', 'job-2', 'seed', 'job-1', 'job-1.job-2'],
    ['/w/job-1', 'job-2', 'current', 'job-1', 'job-1.job-2'],
    ['/w/job-1', 'main.copy', 'current', 'job-1', 'job-1.main-copy'],
  ])('refuses, below %j, to create world %s from %s', async (prefix, id, from, base, better) => {
    const { put } = await start()
    const ways = `call it ${better}, or PUT /_mockflared/worlds/${id} with "seed" or "empty"`

    expect(await put(prefix, id, from)).toEqual({
      status: 409,
      error: {
        code: 'refused',
        message: `the balancer sends world ${id} to another server than world ${base}: ${ways}`,
      },
    })
  })

  it('refuses the same in the library', async () => {
    const { emulator, control } = await start()

    await expect(control.createWorldAs({ id: 'job-2', from: 'current' })).rejects.toMatchObject({ code: 'refused' })
    await expect(emulator.controlOf('job-1').createWorldAs({ id: 'job-2' })).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('a folder', () => {
  it('keeps a copy with the longest id', async () => {
    const db = `${temporaryFolder()}/`
    const id = `${'A'.repeat(64)}.${'B'.repeat(32)}`
    const before = await createEmulator({ listen: false, db })
    await before.control.createWorldAs({ id })
    await before.close()
    const after = await createEmulator({ listen: false, db })
    onTestFinished(() => after.close())

    expect((await after.control.listWorlds()).map(world => world.id)).toEqual(['main', id])
    expect(await after.controlOf(id).getState()).toMatchObject({ tunnels: [] })
  })
})

describe('a server without behind_balancer', () => {
  it('creates copies under any id', async () => {
    const { put } = await start({ behind_balancer: false })

    expect(await put('', 'job-2', 'current')).toMatchObject({ status: 200, tunnels: 1 })
    expect(await put('/w/job-1', 'job-3.copy', 'current')).toMatchObject({ status: 200, tunnels: 2 })
  })
})
