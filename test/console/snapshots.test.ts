import { describe, expect, test } from 'vitest'
import { groupsOf, totalsOf } from '../../console/pages/snapshots/changes.ts'
import { lossesOf, questionOf } from '../../console/pages/snapshots/loss-words.ts'
import { excerptAt, placeIn, sectionsOf } from '../../console/pages/snapshots/place.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'

const ACCOUNT = '699d98642c564d2e855e9661899b7252'
const SECRET = 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I='

describe('a state that the server refuses', () => {
  const tunnel = { account_tag: ACCOUNT, name: 'shop', tunnel_secret: SECRET }

  test.each([
    ['a field that is missing', { tunnels: [{ name: 'shop' }] }, ['tunnels', 0], '"name": "shop"'],
    [
      'a configuration that cloudflared would refuse',
      { tunnels: [{ ...tunnel, configurations: [{ config: { ingress: [{ hostname: 'a', service: 'http://b' }] } }] }] },
      ['tunnels', 0, 'configurations', 0, 'config'],
      '"hostname": "a"',
    ],
  ])('is shown at the place of %s', async (_what, state, place, text) => {
    const emulator = await createEmulator()
    const refused = emulator.control.putState(state as never).catch((error: Error) => error.message)
    const message = String(await refused)

    expect(placeIn(message)).toEqual(place)
    expect(excerptAt(state, place)).toContain(text)
    await emulator.close()
  })

  test('has no place if the message names none', () => {
    expect(placeIn('the body is not valid JSON')).toBeUndefined()
    expect(placeIn('state: unknown field "tunnel"; did you mean "tunnels"?')).toBeUndefined()
  })

  test('is shown without its secrets', () => {
    expect(excerptAt({ tunnels: [tunnel] }, ['tunnels', 0])).not.toContain(SECRET)
  })

  test('is cut after a few lines, and shown around a place that it does not have', () => {
    const lines = excerptAt({ tunnels: Array(40).fill(1) }, ['tunnels', 40, 'name']).split('\n')

    expect(lines.length).toBeLessThan(20)
    expect(lines.at(-1)).toBe('…')
  })
})

test('the sections of a state are counted', () => {
  expect(sectionsOf({ tunnels: [1, 2], dns_records: [1], zones: [], purpose: 'demo' })).toEqual([
    'tunnels (2)',
    'DNS records (1)',
  ])
})

test('changes are in groups, tunnels first and what is gone on top', () => {
  const changes = [
    { change: 'added', section: 'dns_records', name: 'a' },
    { change: 'changed', section: 'tunnels', name: 'b' },
    { change: 'removed', section: 'tunnels', name: 'c' },
    { change: 'added', section: 'access.policies', name: 'd' },
  ] as const

  expect(groupsOf(changes).map(({ name, changes }) => [name, ...changes.map(one => one.name)])).toEqual([
    ['Tunnels', 'c', 'b'],
    ['DNS records', 'a'],
    ['Access policies', 'd'],
  ])
  expect(totalsOf(changes)).toBe('2 added, 1 removed, 1 changed')
})

test('a restore names what it loses', () => {
  const losses = lossesOf({ requests: 1_214, faults: 2, jobs: 1 })

  expect(questionOf('Restore a', losses)).toBe(
    'Restore a, and lose the request log (1,214), faults (2), and scheduled jobs (1)?',
  )
  expect(questionOf('Restore a', lossesOf({ requests: 0, faults: 0, jobs: 0 }))).toBe('Restore a?')
})
