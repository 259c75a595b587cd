/**
 * A seed that depends on nothing is loaded once and copied for each world, with the same result.
 */
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { ACCOUNT, SECRET } from '../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

const complete = {
  account_tag: ACCOUNT,
  id: ID,
  name: 'blog',
  tunnel_secret: SECRET,
  created_at: '2026-01-01T00:00:00Z',
}

describe('reset to a seed that states all ids, secrets and dates', () => {
  it('restores the seed and does not affect other worlds', async () => {
    await using emulator = await createEmulator({ listen: false, seed: { tunnels: [complete] } })
    const { control } = emulator
    const before = await control.getState()

    for (const _ of [1, 2]) {
      await control.reset({ to: 'seed' })
      await control.connectConnector({ account_id: ACCOUNT, tunnel_id: ID })
    }
    const { id } = await control.createWorld({ from: 'seed' })
    expect(await emulator.controlOf(id).getState()).toEqual(before)
    await control.reset({ to: 'seed' })
    expect(await control.getState()).toEqual(before)
  })

  it('loads the seed as it is now', async () => {
    const seed = { tunnels: [complete] }
    await using emulator = await createEmulator({ listen: false, seed })
    await emulator.control.reset({ to: 'seed' })

    seed.tunnels = [{ ...complete, name: 'shop' }]
    await emulator.control.reset({ to: 'seed' })
    expect((await emulator.control.getState()).tunnels).toMatchObject([{ name: 'shop' }])
  })
})

describe('reset to a seed that depends on time or randomness', () => {
  it.each([
    ['an age', { ...complete, created_at: '-1h' }, 'created_at'],
    ['no date', { account_tag: ACCOUNT, id: ID, name: 'blog', tunnel_secret: SECRET }, 'created_at'],
    ['no secret', { account_tag: ACCOUNT, id: ID, name: 'blog', created_at: '2026-01-01T00:00:00Z' }, 'tunnel_secret'],
    ['no id', { account_tag: ACCOUNT, name: 'blog', tunnel_secret: SECRET, created_at: '2026-01-01T00:00:00Z' }, 'id'],
  ] as const)('with %s generates it again', async (_case, tunnel, key) => {
    await using emulator = await createEmulator({ listen: false, seed: { tunnels: [tunnel] } })
    const states = []
    for (const _ of [1, 2]) {
      await emulator.control.reset({ to: 'seed' })
      await setTimeout(5) // Two resets within a millisecond would start at the same time.
      states.push((await emulator.control.getState()).tunnels?.[0]?.[key])
    }
    expect(states[0]).not.toBe(states[1])
  })
})
