import { describe, expect, it } from 'vitest'
import type { State } from '../../../schemas/state.ts'
import type { StateZone } from '../../../schemas/state-zone.ts'
import { createEmulator } from '../../../src/emulator/emulator.ts'
import { ACCOUNT, startEmulator } from '../../support/emulator.ts'

describe('zones in a seed', { tags: ['zone_values'] }, () => {
  it('need only a name', async () => {
    const { emulator } = await startEmulator({ seed: [{ zones: [{ name: 'Shop.example' }] }] })

    expect(((await emulator.control.getState()) as State).zones).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        name: 'shop.example',
        account_id: ACCOUNT,
        status: 'active',
        paused: false,
        type: 'full',
        plan: 'free',
        name_servers: ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'],
        created_on: expect.any(String),
        modified_on: expect.any(String),
      },
    ])
  })

  it('survive a state that is read and put back', async () => {
    const { emulator } = await startEmulator({
      seed: [{ zones: [{ name: 'shop.example', plan: 'pro', paused: true }] }],
    })
    const before = await emulator.control.getState()
    await emulator.control.putState(before)

    expect(await emulator.control.getState()).toEqual(before)
  })

  it.each<[string, StateZone[], object, string]>([
    [
      'the same name',
      [{ name: 'a.example' }, { name: 'A.example' }],
      {},
      'zones[1].name: another zone is named "a.example"',
    ],
    [
      'the same id',
      [
        { name: 'a.example', id: 'a'.repeat(32) },
        { name: 'b.example', id: 'A'.repeat(32) },
      ],
      {},
      `zones[1].id: another zone has the id ${'a'.repeat(32)}`,
    ],
    [
      'an unlisted account',
      [{ name: 'a.example', account_id: 'f'.repeat(32) }],
      { accounts: [{ id: ACCOUNT }] },
      `zones[0]: account ${'f'.repeat(32)} is not listed in accounts`,
    ],
  ])('with %s are rejected with the path', async (_what, zones, state, message) => {
    await expect(createEmulator({ listen: false, seed: [{ ...state, zones }] })).rejects.toThrow(message)
  })
})
