/** The sentences of the console's presentation. */
import { expect, it } from 'vitest'
import { captionOf } from '../../console/data/captions.ts'
import type { WorldEvent } from '../../schemas/control/event.ts'

const AT = '2026-01-01T00:00:00.000000Z'

function event(type: WorldEvent['type'], rest: Partial<WorldEvent> = {}): WorldEvent {
  return { id: 1, at: AT, type, ...rest }
}

const SHOP = { name: 'shop-api', status: 'degraded' } as const

it.each<[string, readonly WorldEvent['type'][]]>([
  ['shop-api lost 2 connections. The tunnel still serves, degraded.', ['connection_lost', 'connection_lost']],
  ['shop-api waited in vain for a connection. The tunnel still serves, degraded.', ['connection_expired']],
  ['shop-api closed a connection. The tunnel still serves, degraded.', ['connection_closed']],
  ['shop-api opened a connection. The tunnel still serves, degraded.', ['connection_opened']],
  ['shop-api was created.', ['tunnel_created']],
  ['shop-api has a new configuration.', ['configuration_published']],
])('a caption says "%s"', (text, types) => {
  expect(
    captionOf(
      types.map(type => event(type)),
      SHOP,
    ),
  ).toBe(text)
})

it('a caption says how much time passes, or that time stands still', () => {
  const moved = event('clock_moved', { clock_before: AT, clock_after: '2026-01-01T00:05:00Z' })
  expect(captionOf([moved], undefined)).toBe('5 m pass.')
  expect(captionOf([{ ...moved, clock_after: AT, frozen: true }], undefined)).toBe('Time stands still.')
})

it('an event that no audience needs has no caption', () => {
  expect(captionOf([event('request')], undefined)).toBeUndefined()
  expect(captionOf([event('tunnel_updated')], SHOP)).toBeUndefined()
})
