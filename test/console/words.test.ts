/** The words of the console for events, jobs and operations. */
import { describe, expect, it } from 'vitest'
import { dueWords, eventWords, operationWords } from '../../console/data/words.ts'
import type { WorldEvent } from '../../schemas/control/event.ts'

const AT = '2026-01-01T00:00:00.000000Z'

describe('the words for an event', () => {
  it.each<[string, Partial<WorldEvent> & Pick<WorldEvent, 'type'>, number]>([
    ['a connection lost', { type: 'connection_lost' }, 1],
    ['4 connections expired', { type: 'connection_expired' }, 4],
    ['healthy → down', { type: 'tunnel_status_changed', before: 'healthy', status: 'down' }, 1],
    ['created', { type: 'tunnel_created' }, 1],
    ['configuration 3 published', { type: 'configuration_published', version: 3 }, 1],
    ['configuration 3 applied by 2 connectors', { type: 'configuration_taken', version: 3 }, 2],
    ['DNS record shop.example created', { type: 'dns_record_created', name: 'shop.example' }, 1],
    ['snapshot before saved', { type: 'snapshot_saved', snapshot: 'before' }, 1],
    ['move of the clock undone', { type: 'snapshot_restored', snapshot: 'console-undo' }, 1],
    ['request log cleared', { type: 'requests_cleared' }, 1],
    ['clock moved 5 m ahead', { type: 'clock_moved', clock_before: AT, clock_after: '2026-01-01T00:05:00Z' }, 1],
    ['clock frozen', { type: 'clock_moved', clock_before: AT, clock_after: AT, frozen: true }, 1],
    ['clock resumed', { type: 'clock_moved', clock_before: AT, clock_after: AT, frozen: false }, 1],
    ['DNS record ⟨U+202E⟩evil created', { type: 'dns_record_created', name: '\u202Eevil' }, 1],
  ])('say "%s"', (text, event, times) => {
    expect(eventWords({ id: 1, at: AT, ...event }, times)).toBe(text)
  })
})

describe('the words for an operation', () => {
  it.each([
    ['cloudflare-tunnel-create-a-cloudflare-tunnel', 'create tunnel'],
    ['cloudflare-tunnel-list-cloudflare-tunnel-connections', 'list tunnel connections'],
    ['cloudflare-tunnel-clean-up-cloudflare-tunnel-connections', 'clean up tunnel connections'],
    ['dns-records-for-a-zone-patch-dns-record', 'patch DNS record'],
    ['tunnel-virtual-network-get', 'get tunnel virtual network'],
    ['tunnel-route-create-a-tunnel-route-with-cidr', 'create tunnel route with cidr'],
    ['zones-0-get', 'get zone'],
  ])('of %s are "%s"', (operation, words) => {
    expect(operationWords(operation)).toBe(words)
  })
})

describe('the words for what is due', () => {
  it('count the connections that expire', () => {
    expect(dueWords({ at: AT, happens: 'connections_expire', connections: 4 })).toBe('4 connections expire')
    expect(dueWords({ at: AT, happens: 'connections_expire', connections: 1 })).toBe('a connection expires')
  })

  it('name the fault that ends', () => {
    expect(dueWords({ at: AT, happens: 'fault_ends', fault_id: 'fault-1' })).toBe('fault-1 ends')
  })
})
