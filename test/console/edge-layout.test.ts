import { describe, expect, test } from 'vitest'
import { loadCities, placeOf } from '../../console/picture/cities.ts'
import { edgePicture } from '../../console/picture/edge-layout.ts'
import { crossings, placed, uncrossed } from '../../console/picture/place-centers.ts'
import type { OverviewTunnel } from '../../schemas/control/overview.ts'

const SIZE = { width: 360, rowHeight: 50, first: 0, centerWidth: 124 }
const ROOM = { gap: 10, top: 0, bottom: 1_000 }

function tunnel(id: string, connections: readonly string[]): OverviewTunnel {
  const parts = connections.map((text, nth) => text.split(' ').concat(`${id}${nth}`))
  return {
    tunnel_id: id,
    connectors: [{ connections: parts.map(([colo_name, state, own]) => ({ id: own, colo_name, state })) }],
  } as unknown as OverviewTunnel
}

describe('the picture of the edge', () => {
  test('has one cable for each connection that is live or pending', () => {
    const { cables } = edgePicture([tunnel('a', ['ams live', 'fra pending', 'fra closed', 'fra expired'])], SIZE)
    expect(cables.map(({ colo, state }) => `${colo} ${state}`)).toEqual(['ams live', 'fra pending'])
  })

  test('counts the connections of each data center', () => {
    const { centers } = edgePicture([tunnel('a', ['ams live', 'ams pending']), tunnel('b', ['ams live'])], SIZE)
    expect(centers).toMatchObject([{ colo: 'ams', live: 2, pending: 1 }])
  })

  test('counts in a data center the connections of rows that are not on the page', () => {
    const [shown, ...others] = [tunnel('a', ['ams live']), tunnel('b', ['ams live', 'ams pending', 'fra live'])]
    const { centers, cables } = edgePicture([shown], SIZE, [shown, ...others])
    expect(centers).toMatchObject([{ colo: 'ams', live: 2, pending: 1 }])
    expect(cables).toHaveLength(1)
  })

  test('shows a tunnel without connections as an empty socket', () => {
    const { sockets, centers } = edgePicture([tunnel('a', [])], SIZE)
    expect(sockets).toMatchObject([{ tunnel_id: 'a', y: 25, isEmpty: true }])
    expect(centers).toEqual([])
  })

  test('starts the cables of a tunnel in the order of the data centers, so that they do not cross', () => {
    const { cables, centers } = edgePicture([tunnel('a', ['fra live', 'ams live', 'fra live', 'ams live'])], SIZE)
    const starts = Map.groupBy(cables, ({ colo }) => colo)
    const [above, below] = centers.map(({ colo }) => (starts.get(colo) ?? []).map(({ path }) => startOf(path)))
    expect(Math.max(...(above ?? []))).toBeLessThan(Math.min(...(below ?? [])))
  })

  test('keeps the cables of a tunnel with many replicas within its row', () => {
    const { cables } = edgePicture(
      [
        tunnel(
          'a',
          Array.from({ length: 100 }, () => 'ams live'),
        ),
      ],
      SIZE,
    )
    for (const { path } of cables) expect(Math.abs(startOf(path) - 25)).toBeLessThan(25)
  })

  test('starts at the first row on the screen', () => {
    const { sockets } = edgePicture([tunnel('a', [])], { ...SIZE, first: 100 })
    expect(sockets[0]?.y).toBe(5_025)
  })

  test('is higher than its rows when the data centers need more room', () => {
    const many = Array.from({ length: 10 }, (_, nth) => `c${nth} live`)
    expect(edgePicture([tunnel('a', many)], SIZE).height).toBeGreaterThan(400)
  })
})

describe('the order of the data centers', () => {
  test('has no crossing when there is an order without one', () => {
    const ends = (...rows: number[]) => rows.map(row => ({ row }))
    const groups = uncrossed([
      ['c', ends(4, 5)],
      ['a', ends(0, 1)],
      ['b', ends(2, 3)],
    ])
    expect(groups.map(([colo]) => colo)).toEqual(['a', 'b', 'c'])
    expect(crossings(groups[0] ?? ['', []], groups[1] ?? ['', []])).toBe(0)
  })

  test('swaps two whose mean rows mislead', () => {
    const early = [0, 0, 0, 11].map(row => ({ row }))
    const late = [1, 1, 1, 4].map(row => ({ row }))
    expect(
      uncrossed([
        ['late', late],
        ['early', early],
      ]).map(([colo]) => colo),
    ).toEqual(['early', 'late'])
  })
})

describe('the places of the data centers', () => {
  test('are where they want to be when there is room', () => {
    expect(placed([100, 300], [40, 40], ROOM)).toEqual([100, 300])
  })

  test('share the room around their common wish when they would overlap', () => {
    expect(placed([200, 200], [40, 40], ROOM)).toEqual([175, 225])
  })

  test('stay between top and bottom', () => {
    expect(placed([-50, 2_000], [40, 40], ROOM)).toEqual([20, 980])
  })

  test('go below the bottom rather than overlap', () => {
    expect(placed([10, 10, 10], [40, 40, 40], { gap: 10, top: 0, bottom: 50 })).toEqual([20, 70, 120])
  })
})

test('a data center is named after an airport', async () => {
  await loadCities()
  expect(placeOf('ams07')).toEqual({ code: 'AMS', number: '07', city: 'Amsterdam' })
  expect(placeOf('xqz01')).toEqual({ code: 'XQZ', number: '01', city: undefined })
  expect(placeOf('<b>')).toEqual({ code: '<B>', number: '', city: undefined })
})

function startOf(path: string): number {
  return Number(/^M5 ([\d.]+)/.exec(path)?.[1])
}
