/** The lines of the console's activity. */
import { describe, expect, it } from 'vitest'
import { linesOf, partsOf } from '../../console/data/activity.ts'
import type { WorldEvent } from '../../schemas/control/event.ts'

let lastId = 0

function event(type: WorldEvent['type'], second: number, rest: Partial<WorldEvent> = {}): WorldEvent {
  lastId += 1
  return { id: lastId, type, at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(), ...rest }
}

function textsOf(events: readonly WorldEvent[]): readonly string[] {
  return linesOf(events).map(line =>
    partsOf(line)
      .map(({ text }) => text)
      .join(', '),
  )
}

describe('the activity', () => {
  it('shows what happened at one instant to one tunnel on one line', () => {
    const lost = [1, 2, 3, 4].map(() => event('connection_lost', 1, { tunnel_id: 'a' }))
    const status = event('tunnel_status_changed', 1, { tunnel_id: 'a', before: 'healthy', status: 'down' })
    expect(textsOf([...lost, status])).toEqual(['4 connections lost, healthy → down'])
  })

  it('shows what happened at two instants, or to two tunnels, on lines of their own', () => {
    const events = [
      event('connection_lost', 1, { tunnel_id: 'a' }),
      event('connection_lost', 1, { tunnel_id: 'b' }),
      event('connection_lost', 2, { tunnel_id: 'a' }),
    ]
    expect(linesOf(events)).toHaveLength(3)
  })

  it('shows what people do one after the other while the clock is frozen on lines of their own', () => {
    const events = [
      event('connection_lost', 1, { tunnel_id: 'a' }),
      event('tunnel_status_changed', 1, { tunnel_id: 'a', before: 'healthy', status: 'degraded' }),
      event('connection_opened', 1, { tunnel_id: 'a' }),
      event('connection_closed', 1, { tunnel_id: 'a' }),
    ]
    expect(textsOf(events)).toEqual([
      'a connection closed',
      'a connection opened',
      'a connection lost, healthy → degraded',
    ])
  })

  it('shows equal requests of a minute on one line, which keeps its place', () => {
    const list = { operation: 'cloudflare-tunnel-list-cloudflare-tunnels', http_status: 200 }
    const events = [event('request', 1, list), event('clock_moved', 2), event('request', 3, list)]
    const lines = linesOf(events)
    expect(lines.map(({ kind }) => kind)).toEqual(['world', 'request'])
    expect(lines[1]?.groups[0]).toHaveLength(2)
  })

  it('shows requests with different responses on lines of their own', () => {
    const operation = 'cloudflare-tunnel-list-cloudflare-tunnels'
    const events = [
      event('request', 1, { operation, http_status: 200 }),
      event('request', 1, { operation, http_status: 403 }),
    ]
    expect(textsOf(events)).toEqual(['403 list tunnels', '200 list tunnels'])
  })

  it('cannot go back to what a reset removed', () => {
    const events = [event('tunnel_created', 1, { tunnel_id: 'a' }), event('world_reset', 2), event('clock_moved', 3)]
    expect(linesOf(events).map(({ isReachable }) => isReachable)).toEqual([true, true, false])
  })

  it('can go back to what was before a restored snapshot, but not to what it undid', () => {
    const events = [
      event('tunnel_created', 1, { tunnel_id: 'a' }),
      event('connection_expired', 9, { tunnel_id: 'a' }),
      event('world_reset', 2),
      event('snapshot_restored', 2, { snapshot: 'before' }),
    ]
    expect(textsOf(events)).toEqual(['snapshot before restored', 'a connection expired', 'created'])
    expect(linesOf(events).map(({ isReachable }) => isReachable)).toEqual([true, false, true])
  })
})
