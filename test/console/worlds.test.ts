import { describe, expect, test } from 'vitest'
import { exportLines, lifeOf, originWords } from '../../console/pages/worlds/words.ts'
import type { Info } from '../../schemas/control/info.ts'
import type { WorldSummary } from '../../schemas/control/world.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'

const NOW = Date.parse('2026-11-27T12:00:00Z')
const IDLE_MS = 1_800_000

function world(secondsUnused: number, isMain = false): WorldSummary {
  const used = NOW - 1_000 * secondsUnused
  const times = {
    last_used_at: new Date(used).toISOString(),
    dropped_at: isMain ? null : new Date(used + IDLE_MS).toISOString(),
  }
  return times as WorldSummary
}

describe('the life of a world', () => {
  test.each([
    [0, 'in use', 'dropped in 30 m', 1],
    [90, 'used 1 m ago', 'dropped in 28 m', 0.95],
    [1_770, 'used 29 m ago', 'dropped in 30 s', 0.0167],
    [1_801, 'used 30 m ago', 'about to be dropped', 0],
  ])('after %d s without use is “%s”, “%s”', (seconds, text, end, left) => {
    const life = lifeOf(world(seconds), NOW, IDLE_MS)

    expect(life).toMatchObject({ text, end })
    expect(life?.left).toBeCloseTo(left, 2)
  })

  test('has no end for the main world', () => {
    expect(lifeOf(world(9_000, true), NOW, IDLE_MS)).toMatchObject({ text: 'used 2 h 30 m ago', end: undefined })
  })

  test('is unknown while the server tells no real times', () => {
    const frozen = { last_used_at: null, dropped_at: null } as WorldSummary

    expect(lifeOf(frozen, NOW, IDLE_MS)).toBeUndefined()
  })
})

test('the lines to export lead a client to the world', async () => {
  const emulator = await createEmulator()
  const { id } = await emulator.control.createWorldAs({ id: 'job-1' })
  const summary = (await emulator.control.listWorlds()).find(one => one.id === id)
  const info = await emulator.controlOf(id).getInfo()

  expect(exportLines({ base_url: String(summary?.base_url) }, info).split('\n')).toEqual([
    expect.stringMatching(/^export CLOUDFLARE_BASE_URL=http:.*\/w\/job-1\/client\/v4$/),
    `export CLOUDFLARE_ACCOUNT_ID=${info.account_id}`,
    'export CLOUDFLARE_API_TOKEN=any-token',
  ])
  await emulator.close()
})

test('the lines to export have no token of a strict server', () => {
  const info = { account_id: 'a', auth: 'strict', token: 'secret' } as Info

  expect(exportLines({ base_url: 'http://127.0.0.1' }, info)).not.toContain('secret')
})

test('a world says what it was created from', () => {
  expect(['seed', 'empty', 'current', 'before-migration'].map(originWords)).toEqual([
    'from the seed',
    'from nothing',
    'a copy',
    'from the snapshot before-migration',
  ])
})
