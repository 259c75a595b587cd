import { describe, expect, it } from 'vitest'
import type { EdgeRequest, EdgeRequestFilter } from '../../../schemas/control/edge.ts'
import { createEdgeRequestLog } from '../../../src/edge/management/requests.ts'

const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const CONNECTOR = '1bedc50d-42b3-473c-b108-ff3d10c0d925'

const served: Omit<EdgeRequest, 'id'> = {
  at: '2026-01-01T00:00:00.000000Z',
  hostname: 'shop.example.com',
  method: 'GET',
  path: '/images/1.png',
  status: 200,
  tunnel_id: TUNNEL,
  connector_id: CONNECTOR,
  duration_ms: null,
  bytes: 12,
}
const unserved = {
  ...served,
  hostname: 'other.example.com',
  method: 'POST',
  path: '/',
  status: 530,
  tunnel_id: null,
  connector_id: null,
}

describe('the requests to the gateway', () => {
  it.each<[EdgeRequestFilter, readonly number[]]>([
    [{}, [1, 2, 3]],
    [{ hostname: 'Shop.example.com' }, [1, 3]],
    [{ method: 'post' }, [2]],
    [{ path: '/images' }, [1, 3]],
    [{ tunnel_id: TUNNEL.toUpperCase() }, [1, 3]],
    [{ connector_id: CONNECTOR.toUpperCase() }, [1, 3]],
    [{ status: 530 }, [2]],
    [{ after: 1 }, [2, 3]],
    [{ after: 1, limit: 1 }, [2]],
    [{ limit: 1 }, [3]],
  ])('with %j: %j', (filter, ids) => {
    const log = createEdgeRequestLog()
    for (const entry of [served, unserved, served]) log.add(entry)

    expect(log.list(filter).map(({ id }) => id)).toEqual(ids)
  })

  it('are the latest of the size of the log, until it is cleared', () => {
    const log = createEdgeRequestLog(2)
    for (const entry of [served, unserved, served]) log.add(entry)

    expect(log.list()).toEqual([
      { id: 2, ...unserved },
      { id: 3, ...served },
    ])
    expect(log.clear()).toBe(2)
    expect(log.list()).toEqual([])
    expect(log.add(served)).toBe(4)
  })
})
