import { describe, expect, it } from 'vitest'
import type { WorldEvent } from '../../schemas/control/event.ts'
import { createEvents } from '../../src/world/events.ts'

const AT = '2026-01-01T00:00:00.000000Z'

describe('an event that no resource declares', () => {
  it('is rejected by emit', () => {
    const events = createEvents(['request'])

    expect(() => events.emit({ at: '2026-01-01T00:00:00.000000Z', type: 'clock_moved' })).toThrow(
      'no resource declares the event clock_moved',
    )
    expect(events.lastId()).toBe(0)
  })
})

describe('events', () => {
  it('reach listeners of their type at once', () => {
    const events = createEvents()
    const heard: WorldEvent[] = []
    events.subscribe(event => heard.push(event), ['tunnel_deleted'])
    events.emit({ at: AT, type: 'tunnel_updated' })
    events.emit({ at: AT, type: 'tunnel_deleted' })

    expect(heard).toEqual([{ id: 2, at: AT, type: 'tunnel_deleted' }])
  })

  it('reach no listener that has unsubscribed', () => {
    const events = createEvents()
    const heard: WorldEvent[] = []
    const unsubscribe = events.subscribe(event => heard.push(event))
    unsubscribe()
    events.emit({ at: AT, type: 'tunnel_updated' })

    expect(heard).toEqual([])
  })

  it('reach every listener in order, also if a listener emits events', () => {
    const events = createEvents()
    const heard: number[] = []
    events.subscribe(() => events.emit({ at: AT, type: 'configuration_taken' }), ['configuration_published'])
    events.subscribe(({ id }) => heard.push(id))
    events.emit({ at: AT, type: 'configuration_published' })

    expect(heard).toEqual([1, 2])
  })

  it('reach listeners after a listener that failed', () => {
    const events = createEvents()
    const heard: number[] = []
    events.subscribe(() => {
      throw new Error('broken')
    }, ['tunnel_created'])
    events.subscribe(({ id }) => heard.push(id))

    expect(() => events.emit({ at: AT, type: 'tunnel_created' })).toThrow('broken')
    events.emit({ at: AT, type: 'tunnel_deleted' })
    expect(heard).toEqual([2])
  })

  it('can be read later, in order', () => {
    const events = createEvents()
    events.emit({ at: AT, type: 'request' })
    events.emit({ at: AT, type: 'tunnel_updated' })
    events.emit({ at: AT, type: 'world_reset' })

    expect(events.lastId()).toBe(3)
    expect(events.after(1)).toEqual([
      { id: 2, at: AT, type: 'tunnel_updated' },
      { id: 3, at: AT, type: 'world_reset' },
    ])
  })

  it('can be read one after the other', () => {
    const events = createEvents()
    expect(events.next(0)).toBeUndefined()
    for (let nth = 1; nth <= 10_002; nth += 1) events.emit({ at: AT, type: 'request' })

    const idAfter = (id: number) => events.next(id)?.id
    expect([0, 2, 3, 10_001, 10_002, 10_003].map(idAfter)).toEqual([3, 3, 4, 10_002, undefined, 3])
  })

  it('do not change if a reader changes its copy', () => {
    const events = createEvents()
    events.emit({ at: AT, type: 'request' })
    for (const event of events.after(0)) event.type = 'world_reset'

    expect(events.after(0)).toEqual([{ id: 1, at: AT, type: 'request' }])
  })

  it('keep their ids when older events are removed', () => {
    const events = createEvents()
    for (let nth = 1; nth <= 12_345; nth += 1) events.emit({ at: AT, type: 'request', request_id: nth })

    const kept = events.after(0)
    expect(kept.length).toBe(10_000)
    expect(kept.filter(({ id, request_id }) => id !== request_id)).toEqual([])
    expect(events.after(12_343).map(({ id }) => id)).toEqual([12_344, 12_345])
  })
})
