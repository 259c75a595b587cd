import { performance } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { WorldEvent } from '../../schemas/control/event.ts'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { START, startFrozen, startTunnel } from '../support/frozen-emulator.ts'
import { listenTo } from '../support/listen-to-events.ts'
import { startWithShortTimeouts } from '../support/short-timeouts.ts'

function startServer(options: EmulatorOptions = {}) {
  return startTunnel({ listen: true, port: 0, ...options })
}

function typesOf(events: readonly WorldEvent[]) {
  return events.map(({ type }) => type)
}

describe('the list of events', () => {
  it('has the events after an id, and no more than a limit', async () => {
    const { control } = await startTunnel()
    for (const seconds of [1, 2, 3]) await control.moveClock({ advance: `${seconds}s` })
    const ids = (await control.listEvents()).map(({ id }) => id)

    const after = ids.at(-3) ?? 0
    expect((await control.listEvents({ after })).map(({ id }) => id)).toEqual(ids.slice(-2))
    expect((await control.listEvents({ after, limit: 1 })).map(({ id }) => id)).toEqual(ids.slice(-2, -1))
  })
})

describe('the event stream', () => {
  it('sends server-sent events with id, type and data', async () => {
    const { emulator, control } = await startServer()
    const { response, nextBlock } = await listenTo(`${emulator.url}/_mockflared`)
    await control.moveClock({ advance: '1s' })

    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    const [event] = (await control.listEvents()).filter(({ type }) => type === 'clock_moved')
    expect(await nextBlock()).toEqual([`id: ${event?.id}`, 'event: clock_moved', `data: ${JSON.stringify(event)}`])
  })

  it('sends requests and changes when they happen', async () => {
    const { emulator, create, connect, tunnel } = await startServer()
    const { next } = await listenTo(`${emulator.url}/_mockflared`)
    await create('news')

    expect(await next(2)).toMatchObject([
      { type: 'tunnel_created', at: START },
      { type: 'request', operation: 'cloudflare-tunnel-create-a-cloudflare-tunnel', http_status: 200 },
    ])
    const { id } = await connect()
    expect(await next(5)).toMatchObject([
      ...Array(4).fill({ type: 'connection_opened', tunnel_id: tunnel.id, connector_id: id }),
      { type: 'tunnel_status_changed', before: 'inactive', status: 'healthy' },
    ])
  })

  it('starts with the next event when there is no Last-Event-ID', async () => {
    const { emulator, control } = await startServer()
    const { next } = await listenTo(`${emulator.url}/_mockflared`)
    await control.moveClock({ advance: '1s' })

    expect(typesOf(await next(1))).toEqual(['clock_moved'])
  })

  it('continues after Last-Event-ID without gaps or repeats', async () => {
    const { emulator, control } = await startServer()
    const move = () => control.moveClock({ advance: '1s' })
    const first = await listenTo(`${emulator.url}/_mockflared`, 0)
    for (let count = 0; count < 3; count += 1) await move()
    const before = await first.next(4)
    first.leave()

    for (let count = 0; count < 3; count += 1) await move()
    const second = await listenTo(`${emulator.url}/_mockflared`, before.at(-1)?.id)
    await move()
    const all = [...before, ...(await second.next((await control.listEvents()).length - 4))]
    expect(all).toEqual(await control.listEvents())
    expect(all.map(({ id }) => id)).toEqual(all.map((_event, index) => index + 1))
  })

  it.each(['nonsense', '-1'])('starts from the first event after the invalid Last-Event-ID %s', async lastId => {
    const { emulator } = await startServer()
    const { next } = await listenTo(`${emulator.url}/_mockflared`, lastId)

    expect(await next(1)).toMatchObject([{ id: 1, type: 'tunnel_created' }])
  })

  it('continues after ?after=, unless there is a Last-Event-ID', async () => {
    const { emulator, control, create } = await startServer()
    await create('news')
    const all = await control.listEvents()
    const url = `${emulator.url}/_mockflared`

    expect(await (await listenTo(url, undefined, '?after=1')).next(2)).toEqual(all.slice(1, 3))
    expect(await (await listenTo(url, 2, '?after=1')).next(1)).toEqual(all.slice(2, 3))
  })

  it('refuses an invalid ?after= with an error instead of a stream', async () => {
    const { emulator } = await startServer()
    const headers = { accept: 'text/event-stream' }
    const response = await fetch(`${emulator.url}/_mockflared/events?after=nonsense`, { headers })

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { code: 'invalid', message: expect.stringContaining('after') },
    })
  })

  it('sends a comment every 15 seconds, so that no proxy ends it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { emulator, control } = await startServer()
    const { nextBlock } = await listenTo(`${emulator.url}/_mockflared`)
    vi.advanceTimersByTime(14_999)
    await control.moveClock({ advance: '1s' })
    const [, type] = await nextBlock()
    vi.advanceTimersByTime(1)

    expect([type, await nextBlock()]).toEqual(['event: clock_moved', [': still here']])
  })

  it('says first which events are no longer kept, if Last-Event-ID is older', async () => {
    const { port, worlds } = await startWithShortTimeouts()
    const { events } = worlds.main()
    for (let count = 0; count < 10_010; count += 1) events.emit({ at: START, type: 'request' })
    const { nextBlock, next } = await listenTo(`http://127.0.0.1:${port}/_mockflared`, 7)

    expect(await nextBlock()).toEqual(['event: missed', 'data: {"last_id":7,"next_id":11}'])
    expect(await next(2)).toMatchObject([{ id: 11 }, { id: 12 }])
  })

  it('says that ids start again, if Last-Event-ID is newer than all events', async () => {
    const { emulator } = await startServer()
    const { nextBlock, next } = await listenTo(`${emulator.url}/_mockflared`, 5_000)

    expect(await nextBlock()).toEqual(['event: missed', 'data: {"last_id":5000,"next_id":1}'])
    expect(await next(1)).toMatchObject([{ id: 1, type: 'tunnel_created' }])
  })

  it('sends a client that reads later all events in order, and then ends with its world', async () => {
    const { emulator, control } = await startFrozen()
    const { id } = await control.createWorld()
    const headers = { accept: 'text/event-stream' }
    const { body } = await emulator.fetch(`${emulator.url}/w/${id}/_mockflared/events`, { headers })
    for (let count = 0; count < 3_000; count += 1) await emulator.controlOf(id).moveClock({ advance: '1s' })
    await control.deleteWorld({ id })

    const ids = [...(await text(body ?? Readable.from([]))).matchAll(/^id: (\d+)$/gm)].map(([, number]) =>
      Number(number),
    )
    expect(ids).toEqual(Array.from({ length: 3_000 }, (_id, index) => index + 1))
  })

  it('continues when its world is reset', async () => {
    const { emulator, control, create } = await startServer()
    const { next } = await listenTo(`${emulator.url}/_mockflared`)
    await control.reset()
    const [reset] = await next(1)
    await create('blog')
    const [created] = await next(1)

    expect([reset?.type, created?.type]).toEqual(['world_reset', 'tunnel_created'])
    expect(created?.id).toBe((reset?.id ?? 0) + 1)
  })

  it('sends an expiry in time, without any request', async () => {
    const { emulator, control, connect, address } = await startServer({ clock: undefined, pending_reconnect_ms: 20 })
    const { id } = await connect()
    const { next } = await listenTo(`${emulator.url}/_mockflared`)
    await control.disconnectConnector({ ...address, connector_id: id, graceful: false })

    expect(typesOf(await next(9))).toEqual([
      ...Array(4).fill('connection_lost'),
      'tunnel_status_changed',
      ...Array(4).fill('connection_expired'),
    ])
  })

  it('sends an expiry in time after a reset', async () => {
    const { emulator, control, connect, address } = await startServer({ clock: undefined, pending_reconnect_ms: 20 })
    const { next } = await listenTo(`${emulator.url}/_mockflared`)
    await control.putState(await control.getState())
    const { id } = await connect()
    await control.disconnectConnector({ ...address, connector_id: id, graceful: false })

    expect(typesOf(await next(15)).slice(-4)).toEqual(Array(4).fill('connection_expired'))
  })

  it('sends the events of one world only', async () => {
    const { emulator, control, create } = await startServer()
    const world = await control.createWorld()
    expect(world.control_url).toBe(`${emulator.url}/w/${world.id}/_mockflared`)
    const { next } = await listenTo(world.control_url, 0)
    await create('news')
    await create('blog', world.id)

    const [created] = await next(1)
    expect(created).toEqual((await emulator.controlOf(world.id).listEvents())[0])
    expect(created?.type).toBe('tunnel_created')
  })

  it('ends when its world is deleted', async () => {
    const { control } = await startServer()
    const { id, control_url } = await control.createWorld()
    const { next } = await listenTo(control_url)
    await control.deleteWorld({ id })

    expect(await next(1)).toEqual([])
  })

  it('does not keep its world from being idle, and ends when that is deleted', async () => {
    const { control } = await startServer({ world_idle_ms: 60_000 })
    const { control_url } = await control.createWorld()
    const { response, next } = await listenTo(control_url)
    const later = performance.now() + 60_001
    const realTime = vi.spyOn(performance, 'now').mockImplementation(() => later)
    onTestFinished(() => realTime.mockRestore())

    expect(response.status).toBe(200)
    expect(await next(1)).toEqual([])
    expect(await control.listWorlds()).toHaveLength(1)
  })

  it('ends when the server closes, and does not delay that', async () => {
    const { emulator } = await startServer()
    const { next } = await listenTo(`${emulator.url}/_mockflared`)
    await emulator.close()

    expect(await next(1)).toEqual([])
  })

  it('is refused to a caller without access', async () => {
    const { emulator } = await startServer()
    const headers = { accept: 'text/event-stream', origin: 'http://evil.example' }

    expect((await fetch(`${emulator.url}/_mockflared/events`, { headers })).status).toBe(403)
  })
})

describe('listEvents', () => {
  it('returns all events, or those after an id', async () => {
    const { emulator, control, connect } = await startTunnel()
    await connect()
    const list = async (query: string) => (await emulator.inject({ url: `/_mockflared/events${query}` })).json()

    const events = await control.listEvents()
    expect(await list('')).toEqual(events)
    expect(await list('?after=3')).toEqual(events.filter(({ id }) => id > 3))
    expect(await list(`?after=${events.length}`)).toEqual([])
  })

  it('returns events that are due by now', async () => {
    const { control, connect, address } = await startTunnel({ clock: undefined, pending_reconnect_ms: 0 })
    const { id } = await connect()
    await control.disconnectConnector({ ...address, connector_id: id, graceful: false })

    expect(typesOf(await control.listEvents()).slice(-4)).toEqual(Array(4).fill('connection_expired'))
  })

  it.each(['nonsense', '-1'])('with after=%s is refused', async after => {
    const { emulator } = await startTunnel()

    expect((await emulator.inject({ url: `/_mockflared/events?after=${after}` })).statusCode).toBe(400)
  })

  it('refuses the changes of all worlds, which are a stream', async () => {
    const { control } = await startTunnel()

    await expect(control.listEvents({ worlds: 'all' })).rejects.toThrow('worlds=all is a stream')
  })

  it('names the entry of the request log for a request', async () => {
    const { control, create } = await startTunnel()
    await create('news')

    const logged = (await control.listEvents()).flatMap(({ request_id }) => request_id ?? [])
    expect(logged).toEqual((await control.listRequests()).map(({ id }) => id))
  })
})
