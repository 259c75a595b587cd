import { describe, expect, it } from 'vitest'
import { seedOf } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

const id = 'job-1'
const if_exists = 'reuse'

describe('PUT /worlds/{id} with "if_exists": "reuse"', () => {
  it('creates a world that does not exist', async () => {
    const { control } = await startFrozen({ seed: seedOf({ name: 'blog' }) })

    expect(await control.createWorldAs({ id, if_exists })).toMatchObject({ id, from: 'seed', tunnels: 1 })
  })

  it('returns a world that exists, as it is', async () => {
    const { control, create } = await startFrozen({ seed: seedOf({ name: 'blog' }) })
    await control.createWorldAs({ id })
    await create('news', id)

    expect(await control.createWorldAs({ id, from: 'empty', if_exists })).toMatchObject({ from: 'seed', tunnels: 2 })
    expect((await control.listEvents()).map(({ type }) => type)).toEqual(['world_created'])
  })

  it('returns the same answer twice over HTTP', async () => {
    const { emulator } = await startFrozen()
    const put = () => emulator.inject({ method: 'PUT', url: `/_mockflared/worlds/${id}`, payload: { if_exists } })
    const [first, second] = [await put(), await put()]

    expect([first.statusCode, second.statusCode]).toEqual([200, 200])
    expect(second.body).toBe(first.body)
  })

  it('creates one world for many callers at once', async () => {
    const tunnels = Array.from({ length: 500 }, (_tunnel, index) => ({ name: `tunnel-${index}` }))
    const { control } = await startFrozen({ seed: seedOf(...tunnels) })
    const worlds = await Promise.all(Array.from({ length: 10 }, () => control.createWorldAs({ id, if_exists })))

    expect(new Set(worlds.map(world => JSON.stringify(world))).size).toBe(1)
    expect((await control.listEvents()).map(({ type }) => type)).toEqual(['world_created'])
  })

  it('creates the world for the next caller if the first fails', async () => {
    const { control } = await startFrozen()
    const calls = ['no-such-snapshot', 'empty', 'empty'].map(from => control.createWorldAs({ id, from, if_exists }))
    const outcomes = await Promise.allSettled(calls)

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  })

  it('returns a world at the maximum of worlds, and refuses another one', async () => {
    const { control } = await startFrozen({ max_worlds: 1 })
    await control.createWorldAs({ id })

    expect(await control.createWorldAs({ id, if_exists })).toMatchObject({ id })
    await expect(control.createWorldAs({ id: 'job-2', if_exists })).rejects.toMatchObject({ code: 'refused' })
  })

  it('returns a world that is being reset, as it was', async () => {
    const { control, emulator, create } = await startFrozen()
    await control.createWorldAs({ id })
    await create('blog', id)
    const resetting = emulator.controlOf(id).reset({ to: 'empty' })

    expect(await control.createWorldAs({ id, if_exists })).toMatchObject({ id })
    await resetting
  })

  it('rejects anything but "reuse" and "refuse"', async () => {
    const { control } = await startFrozen()
    const request = { id, if_exists: 'replace' as 'reuse' }

    await expect(control.createWorldAs(request)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('if_exists'),
    })
  })
})

describe('PUT /worlds/{id} with "if_exists": "refuse"', () => {
  it('refuses a world that exists, as without it', async () => {
    const { control } = await startFrozen()
    await control.createWorldAs({ id, if_exists: 'refuse' })

    await expect(control.createWorldAs({ id, if_exists: 'refuse' })).rejects.toMatchObject({ code: 'refused' })
    await expect(control.createWorldAs({ id })).rejects.toMatchObject({ code: 'refused' })
  })
})
