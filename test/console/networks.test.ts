import { expect, it } from 'vitest'
import { BOX_HEIGHT, routePicture } from '../../console/pages/networks/route-picture.ts'
import { closest, foundRoutes, inOrder, type Route } from '../../console/pages/networks/rows.ts'

const ROUTES = ['10.20.0.0/16', 'fd20::/48', '10.20.3.0/24', '10.0.0.0/8', '192.168.0.0/16'].map(
  network => ({ network, comment: `net ${network}`, tunnel_name: 'office' }) as Route,
)

const networksOf = (routes: readonly Route[]) => routes.map(({ network }) => network)

it('routes stand in the order of their addresses, IPv4 first', () => {
  expect(networksOf(inOrder(ROUTES))).toEqual([
    '10.0.0.0/8',
    '10.20.0.0/16',
    '10.20.3.0/24',
    '192.168.0.0/16',
    'fd20::/48',
  ])
})

it.each([
  ['10.20.3.4', ['10.20.0.0/16', '10.20.3.0/24', '10.0.0.0/8'], '10.20.3.0/24'],
  ['10.20.0.0/16', ['10.20.0.0/16', '10.0.0.0/8'], '10.20.0.0/16'],
  ['fd20::7', ['fd20::/48'], 'fd20::/48'],
  ['172.16.0.1', [], undefined],
])('the address %s is in the networks %j, of which the smallest serves it', (find, networks, winner) => {
  const found = foundRoutes(ROUTES, find)

  expect(networksOf(found)).toEqual(networks)
  expect(closest(found)?.network).toBe(winner)
})

it('words that are no address are looked for in the network, the comment and the name of the tunnel', () => {
  expect(networksOf(foundRoutes(ROUTES, 'OFFICE 192'))).toEqual(['192.168.0.0/16'])
})

it('every route has a cable, and the tunnels stand within the picture without touching', () => {
  const rows = ['a', 'b', 'a', 'c', 'c', 'c'].map((tunnel_id, nth) => ({ id: String(nth), tunnel_id }))
  const { ends, tunnels, height } = routePicture(rows, 52)

  expect(ends.map(({ id }) => id).toSorted()).toEqual(['0', '1', '2', '3', '4', '5'])
  const middles = tunnels.map(({ y }) => y)
  expect(Math.min(...middles)).toBeGreaterThanOrEqual(BOX_HEIGHT / 2)
  expect(Math.max(...middles)).toBeLessThanOrEqual(height - BOX_HEIGHT / 2)
  for (const [nth, y] of middles.slice(1).entries()) expect(y - (middles[nth] ?? 0)).toBeGreaterThan(BOX_HEIGHT)
})

it('the picture of many tunnels with a route each is as high as their boxes', () => {
  const rows = Array.from({ length: 9 }, (_, nth) => ({ id: String(nth), tunnel_id: String(nth) }))

  expect(routePicture(rows, 40).height).toBeGreaterThanOrEqual(9 * BOX_HEIGHT)
})
