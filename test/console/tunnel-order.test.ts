import { expect, test } from 'vitest'
import { byStatus, heldOrder } from '../../console/pages/tunnels/order.ts'
import type { OverviewTunnel } from '../../schemas/control/overview.ts'

const WORST_FIRST = ['down', 'degraded', 'healthy', 'inactive'] as const

function tunnel(name: string, changes: Partial<OverviewTunnel> = {}): OverviewTunnel {
  return { tunnel_id: name, name, status: 'healthy', deleted_at: null, ...changes } as OverviewTunnel
}

function names(tunnels: readonly OverviewTunnel[]): string {
  return tunnels.map(({ name }) => name).join(' ')
}

test('the worst tunnel comes first, and a deleted one last', () => {
  const deleted = tunnel('gone', { status: 'down', deleted_at: '2026-11-27T12:00:00Z' })
  const list = [deleted, tunnel('web'), tunnel('git', { status: 'degraded' }), tunnel('nas', { status: 'down' })]
  expect(names(byStatus(list, WORST_FIRST))).toBe('nas git web gone')
})

test('tunnels of one status are sorted as people count', () => {
  expect(names(byStatus([tunnel('web-10'), tunnel('web-9'), tunnel('Api')], WORST_FIRST))).toBe('Api web-9 web-10')
})

test('a held order keeps its rows and appends new ones', () => {
  const rows = [tunnel('a'), tunnel('new'), tunnel('b'), tunnel('c')]
  expect(names(heldOrder(rows, ['c', 'gone', 'a', 'b']))).toBe('c a b new')
})
