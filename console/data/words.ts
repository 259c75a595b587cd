/** Events, jobs and operations in plain words, without the name of their tunnel. */
import type { DueItem } from '../../schemas/control/due.ts'
import type { WorldEvent } from '../../schemas/control/event.ts'
import { count, spanOf, visible } from '../parts/format.ts'

/** The world before the latest move of the clock. */
export const UNDO_SNAPSHOT = 'console-undo'

/** One connection: "a connection lost"; more: "4 connections lost". */
function connections(number: number): string {
  return number === 1 ? 'a connection' : count(number, 'connection')
}

/** What happened, `times` times at once. */
export function eventWords(event: WorldEvent, times = 1): string {
  const words = event.type.split('_')
  const participle = words.at(-1) ?? ''
  const noun = words.slice(0, -1).join(' ').replace(/^dns/, 'DNS')
  const name = event.name ?? event.snapshot ?? event.world_id ?? event.fault_id
  switch (event.type) {
    case 'clock_moved':
      return clockWords(event)
    case 'requests_cleared':
      return 'request log cleared'
    case 'snapshot_restored':
      return event.snapshot === UNDO_SNAPSHOT ? 'move of the clock undone' : `snapshot ${event.snapshot} restored`
    case 'world_reset':
      return 'world reset'
    case 'tunnel_status_changed':
      return `${event.before} → ${event.status}`
    case 'configuration_published':
      return `configuration ${event.version} published`
    case 'configuration_taken':
      return `configuration ${event.version} applied by ${times === 1 ? 'a connector' : count(times, 'connector')}`
    case 'request':
      return `${event.http_status ?? 'no response'} ${event.operation ? operationWords(event.operation) : 'unknown operation'}`
  }
  if (noun === 'connection') return `${connections(times)} ${participle}`
  if (noun === 'tunnel') return participle
  if (times > 1) return `${times} × ${noun} ${participle}`
  return [noun, name && visible(name), participle].filter(Boolean).join(' ')
}

function clockWords({ clock_before = '', clock_after = '', frozen }: WorldEvent): string {
  const ms = Date.parse(clock_after) - Date.parse(clock_before)
  if (Math.abs(ms) >= 1) return `clock moved ${spanOf(ms)} ${ms > 0 ? 'ahead' : 'back'}`
  return frozen ? 'clock frozen' : 'clock resumed'
}

/** What will happen if no one does anything. */
export function dueWords({ happens, connections: number = 1, fault_id }: DueItem): string {
  if (happens === 'connections_expire') return number === 1 ? 'a connection expires' : `${number} connections expire`
  if (happens === 'fault_ends') return `${fault_id} ends`
  return `a ${happens.replaceAll('_', ' ')}`
}

const VERBS = /(?:^|-)(list|create|get|update|delete|put|patch|batch|add|rotate|refresh|clean-up)(?=-|$)/

const OTHER_OPERATIONS: Readonly<Record<string, string>> = {
  'zones-get': 'list zones',
  'zones-0-get': 'get zone',
  'accounts-account-details': 'get account',
  'user-user-details': 'get user',
  'dns-records-for-a-zone-dns-record-details': 'get DNS record',
  'cloudflare-tunnel-route-dns': 'route DNS to tunnel',
}

/** An operationId such as `cloudflare-tunnel-create-a-cloudflare-tunnel` as "create tunnel". */
export function operationWords(operation: string): string {
  const known = OTHER_OPERATIONS[operation]
  if (known !== undefined) return known

  const [, verb = ''] = VERBS.exec(operation) ?? []
  const [before = '', after = ''] = verb === '' ? [operation] : operation.split(new RegExp(`(?:^|-)${verb}(?:-|$)`))
  return `${verb}-${after === '' ? before : after}-`
    .replaceAll(/-(a|an)(?=-)/g, '')
    .replaceAll('cloudflare-tunnel', 'tunnel')
    .replaceAll('-dns-', '-DNS-')
    .replaceAll('-', ' ')
    .trim()
}
