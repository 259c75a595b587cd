import { describe, expect, it, vi } from 'vitest'
import type { WorldEvent } from '../../schemas/control/event.ts'
import { createEvents } from '../../src/world/events.ts'

const AT = '2026-01-01T00:00:00.000000Z'

function start() {
  const events = createEvents()
  return {
    events,
    later: (type: WorldEvent['type']) => events.tellLater(() => ({ at: AT, type })),
    types: () => events.after(0).map(({ type }) => type),
  }
}

describe('what is told', () => {
  it('is heard at once by whoever listens for it, after all that was told before', () => {
    const { events, types } = start()
    events.tell({ at: AT, type: 'tunnel_created' })
    const heard: WorldEvent[] = []
    events.subscribe(event => heard.push(event), ['tunnel_deleted'])
    events.tell({ at: AT, type: 'tunnel_updated' })
    events.tell({ at: AT, type: 'tunnel_deleted' })

    expect(heard).toEqual([{ id: 3, at: AT, type: 'tunnel_deleted' }])
    expect(types()).toEqual(['tunnel_created', 'tunnel_updated', 'tunnel_deleted'])
  })

  it('keeps its id when those before it are gone', () => {
    const { events } = start()
    for (let nth = 1; nth <= 12_345; nth += 1) events.tell({ at: AT, type: 'request', request_id: nth })

    const kept = events.after(0)
    expect(kept.length).toBe(10_000)
    expect(kept.filter(({ id, request_id }) => id !== request_id)).toEqual([])
    expect(events.after(12_343).map(({ id }) => id)).toEqual([12_344, 12_345])
  })
})

describe('what is told later', () => {
  it('keeps its place before whatever is told after it', () => {
    const { events, later, types } = start()
    later('request')
    later('tunnel_updated')
    events.tell({ at: AT, type: 'world_reset' })

    expect(types()).toEqual(['request', 'tunnel_updated', 'world_reset'])
    expect(events.after(0).map(({ id }) => id)).toEqual([1, 2, 3])
  })

  it('is there for whoever asks', () => {
    const { events, later, types } = start()
    later('request')
    expect(events.lastId()).toBe(1)
    later('request')
    expect(types()).toEqual(['request', 'request'])
  })

  it('is told to those who listen, once, a moment later', async () => {
    const { events, later } = start()
    later('tunnel_updated')
    const heard: WorldEvent['type'][] = []
    events.subscribe(({ type }) => heard.push(type))
    later('request')
    expect(heard).toEqual([])

    await vi.waitFor(() => expect(heard).toEqual(['request']))
  })

  it('does not wait any longer once there is much of it', () => {
    const { events, later } = start()
    const heard: WorldEvent['type'][] = []
    events.subscribe(({ type }) => heard.push(type))
    for (let nth = 1; nth < 32; nth += 1) later('request')
    expect(heard).toEqual([])

    later('request')
    expect(heard).toHaveLength(32)
  })

  it('does not wait for the timers of a test that stands in for them', async () => {
    const { events, later } = start()
    const heard: WorldEvent['type'][] = []
    events.subscribe(({ type }) => heard.push(type))
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    later('request')
    vi.useRealTimers()

    await vi.waitFor(() => expect(heard).toEqual(['request']))
  })
})
