import { describe, expect, it } from 'vitest'
import type { DnsRecord } from '../../schemas/dns-record.ts'
import { startEdge } from '../support/edge/start-edge.ts'
import { ACCOUNT, SECRET, seedOf } from '../support/emulator.ts'
import { config, START, startConnected, startFrozen, startTunnel } from '../support/frozen-emulator.ts'

const ZONE = '023e105f4ecef8ad9ca31a8372d0c353'

/** A frozen emulator with a tunnel, the snapshot `before`, and a function that compares it with now. */
async function startSaved() {
  const started = await startTunnel()
  const { emulator, control } = started
  await control.saveSnapshot({ name: 'before' })

  return {
    ...started,
    changes: async () => (await control.getSnapshotChanges({ name: 'before' })).changes,
    send: async <T>(method: 'POST' | 'PUT' | 'DELETE', path: string, payload: object = {}) => {
      const headers = { authorization: 'Bearer token' }
      return (await emulator.inject({ method, url: `/client/v4${path}`, headers, payload })).json<{ result: T }>()
    },
  }
}

describe('listSnapshots', () => {
  it('has the clock, the tunnels and their status as they were saved', async () => {
    const { control, lose, advance } = await startConnected()
    await lose(1)
    await control.saveSnapshot({ name: 'impaired' })
    await advance('10m')
    await control.moveClock({ resume: true })

    expect(await control.listSnapshots()).toEqual([
      {
        name: 'impaired',
        taken_at: START,
        frozen: true,
        tunnels: 1,
        statuses: { inactive: 0, degraded: 1, healthy: 0, down: 0 },
      },
    ])
  })
})

describe('getSnapshotChanges', () => {
  it('has no change right after the snapshot', async () => {
    const { control } = await startSaved()

    expect(await control.getSnapshotChanges({ name: 'before' })).toEqual({ taken_at: START, now: START, changes: [] })
  })

  it('has the tunnels that were added, removed and changed', async () => {
    const { api, create, tunnel, changes } = await startSaved()
    const { id } = await create('shop')
    await api('PATCH', `/${tunnel.id}`, { name: 'journal' })
    await api('PUT', `/${tunnel.id}/configurations`, config())
    expect(await changes()).toEqual([
      {
        change: 'changed',
        section: 'tunnels',
        account_id: ACCOUNT,
        id: tunnel.id,
        name: 'journal',
        fields: ['name', 'configurations'],
      },
      { change: 'added', section: 'tunnels', account_id: ACCOUNT, id, name: 'shop' },
    ])

    await api('DELETE', `/${id}`)
    await api('DELETE', `/${tunnel.id}`)
    expect(await changes()).toEqual([
      { change: 'removed', section: 'tunnels', account_id: ACCOUNT, id: tunnel.id, name: 'blog' },
    ])
  })

  it('has the status of a tunnel that time alone changed', async () => {
    const { control, lose, advance } = await startConnected({ connections: 5 })
    await lose(1)
    await control.saveSnapshot({ name: 'before' })
    await advance('10m')
    const { now, changes } = await control.getSnapshotChanges({ name: 'before' })

    expect(now).toBe('2026-01-01T00:10:00.000000Z')
    expect(changes).toMatchObject([{ name: 'blog', fields: [], before: 'degraded', status: 'healthy' }])
  })

  it('has records, routes and objects of Access', async () => {
    const { send, tunnel, changes } = await startSaved()
    const account = `/accounts/${ACCOUNT}`
    const record = { type: 'A', name: 'www.example.com', content: '192.0.2.1' }
    const { result } = await send<DnsRecord>('POST', `/zones/${ZONE}/dns_records`, record)
    await send('POST', `${account}/teamnet/routes`, { network: '10.0.0.0/8', tunnel_id: tunnel.id })
    await send('POST', `${account}/access/tags`, { name: 'internal' })

    expect(await changes()).toMatchObject([
      { change: 'added', section: 'dns_records', zone_id: ZONE, id: result.id, name: 'www.example.com' },
      { change: 'added', section: 'access.tags', account_id: ACCOUNT, name: 'internal' },
      { change: 'added', section: 'routes', account_id: ACCOUNT, name: '10.0.0.0/8' },
    ])
  })

  it('has credentials without what identifies them, and no secret of anything', async () => {
    const credentials = [{ token: 'hunter2hunter2', permissions: ['Cloudflare Tunnel Read'] }]
    const seed = [...seedOf({ name: 'blog', tunnel_secret: SECRET }), { credentials }]
    const { control, emulator } = await startFrozen({ seed })
    await control.saveSnapshot({ name: 'before' })
    await control.putState({ tunnels: [{ account_tag: ACCOUNT, name: 'token=hunter3hunter3' }] })
    const { body } = await emulator.inject({ url: '/_mockflared/snapshots/before/changes' })

    expect(JSON.parse(body).changes).toMatchObject([
      { change: 'added', section: 'tunnels', name: 'token=[redacted]' },
      { change: 'removed', section: 'credentials' },
      { change: 'removed', section: 'tunnels', name: 'blog' },
    ])
    for (const secret of [SECRET, 'hunter2hunter2', 'hunter3hunter3']) expect(body).not.toContain(secret)
  })

  it('refuses an unknown name', async () => {
    const { control } = await startFrozen()

    await expect(control.getSnapshotChanges({ name: 'nonsense' })).rejects.toThrow('there is no snapshot nonsense')
  })
})

describe('restoreSnapshot', () => {
  it('clears the request log, unless it keeps it', async () => {
    const { control, create } = await startSaved()
    const operations = async () => (await control.listRequests()).map(({ id }) => id)
    await create('shop')
    await control.restoreSnapshot({ name: 'before', keep: ['requests'] })
    expect(await operations()).toEqual([1, 2])

    await create('shop')
    expect(await operations()).toEqual([1, 2, 3])
    await control.restoreSnapshot({ name: 'before', keep: [] })
    expect(await operations()).toEqual([])
  })

  it('keeps the events, which a kept request still names', async () => {
    const { control, create } = await startSaved()
    await create('shop')
    const before = await control.listEvents()
    await control.restoreSnapshot({ name: 'before', keep: ['requests'] })
    const events = await control.listEvents()
    const { caused } = await control.getRequest({ id: 2 })

    expect(events.slice(0, before.length)).toEqual(before)
    expect(events.slice(before.length).map(({ type }) => type)).toEqual(['world_reset', 'snapshot_restored'])
    expect(events.find(({ id }) => id === caused?.first_event_id)).toMatchObject({ type: 'tunnel_created' })
  })

  it('removes the faults, unless it keeps them with their hits', async () => {
    const { control, api } = await startSaved()
    await control.addFault({ effect: { error: { status: 500, code: 1 } }, times: 2 })
    await control.addFault({ effect: { latency: { ms: 1 } }, ttl: '10m' })
    await api('GET', '')
    const before = await control.listFaults()
    await control.moveClock({ advance: '5m' })
    await control.restoreSnapshot({ name: 'before', keep: ['faults'] })
    expect(await control.listFaults()).toEqual(before)
    expect(before[0]).toMatchObject({ hits: 1, exhausted: false })

    expect((await api('GET', '')).status).toBe(500)
    expect((await api('GET', '')).status).toBe(200)
    expect((await control.moveClock({ advance: '10m' })).happened).toMatchObject([
      { type: 'fault_exhausted', fault_id: 'fault-2', reason: 'ttl' },
    ])
    await control.restoreSnapshot({ name: 'before' })
    expect(await control.listFaults()).toEqual([])
  })

  it('keeps a fault whose time was over only later', async () => {
    const { control } = await startSaved()
    await control.addFault({ effect: { latency: { ms: 1 } }, ttl: '1m' })
    await control.moveClock({ advance: '5m' })
    expect((await control.listFaults())[0]?.exhausted).toBe(true)
    await control.restoreSnapshot({ name: 'before', keep: ['faults'] })

    expect((await control.listFaults())[0]?.exhausted).toBe(false)
    expect(await control.listDue()).toMatchObject([{ happens: 'fault_ends', fault_id: 'fault-1' }])
  })

  it('keeps the faults of the edge with the others', async () => {
    const { control } = (await startEdge({ clock: START })).emulator
    await control.saveSnapshot({ name: 'before' })
    await control.addEdgeFault({ effect: { refuse_registration: {} }, ttl: '1m' })
    const before = await control.listEdgeFaults()
    await control.restoreSnapshot({ name: 'before', keep: ['faults'] })
    expect(await control.listEdgeFaults()).toEqual(before)
    expect(await control.listDue()).toMatchObject([{ happens: 'fault_ends', fault_id: 'edge-fault-1' }])

    await control.restoreSnapshot({ name: 'before' })
    expect(await control.listEdgeFaults()).toEqual([])
  })

  it('refuses to keep anything else', async () => {
    const { emulator } = await startSaved()
    const request = { method: 'POST', url: '/_mockflared/snapshots/before/restore', payload: { keep: ['tunnels'] } }

    expect((await emulator.inject(request)).json()).toMatchObject({ error: { code: 'invalid' } })
  })
})
