/** What the console says after the clock moved. */
import { expect, it } from 'vitest'
import { moveWords } from '../../console/data/move-words.ts'
import type { WorldEvent } from '../../schemas/control/event.ts'

const AT = '2026-01-01T00:00:00.000000Z'
const MINUTES = 60_000

function event(type: WorldEvent['type'], rest: Partial<WorldEvent> = {}): WorldEvent {
  return { id: 1, at: AT, type, ...rest }
}

function wordsFor(ms: number, happened: readonly WorldEvent[]): string {
  return moveWords(ms, happened, id => `tunnel-${id}`)
}

it('a move says what fell due, counted, and which statuses changed', () => {
  const expired = Array.from({ length: 4 }, () => event('connection_expired', { tunnel_id: 'a' }))
  const status = event('tunnel_status_changed', { tunnel_id: 'a', before: 'degraded', status: 'healthy' })
  expect(wordsFor(5 * MINUTES, [...expired, status])).toBe(
    '5 m later: 4 connections expired, tunnel-a degraded → healthy.',
  )
})

it('a move names a tunnel that changed twice once, and not at all if it is as it was', () => {
  const away = event('tunnel_status_changed', { tunnel_id: 'a', before: 'healthy', status: 'down' })
  const back = event('tunnel_status_changed', { tunnel_id: 'a', before: 'down', status: 'degraded' })
  expect(wordsFor(MINUTES, [away, back])).toBe('1 m later: tunnel-a healthy → degraded.')
  expect(wordsFor(MINUTES, [away, { ...back, status: 'healthy' }])).toBe('1 m later: nothing fell due.')
})

it('a move names three tunnels and counts the others', () => {
  const changes = ['a', 'b', 'c', 'd', 'e'].map(tunnel_id =>
    event('tunnel_status_changed', { tunnel_id, before: 'healthy', status: 'down' }),
  )
  expect(wordsFor(MINUTES, changes)).toContain('tunnel-c healthy → down, 2 other tunnels changed.')
})

it('a move back says how far', () => {
  expect(wordsFor(-MINUTES, [])).toBe('1 m earlier: nothing fell due.')
})
