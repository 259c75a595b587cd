/** What `--metrics` measures. test/metrics/prometheus.slow.ts reads it with Prometheus. */
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { DEFAULTS } from '../../src/config/options.ts'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { expositionOf } from '../../src/metrics/exposition.ts'
import { createMetrics } from '../../src/metrics/metrics.ts'
import { createWorlds } from '../../src/worlds/registry.ts'
import { startWithFaultyDisk } from '../support/disk-full.ts'
import { ACCOUNT, startEmulator, UNKNOWN_ID } from '../support/emulator.ts'
import { startWithMetrics } from '../support/metrics.ts'
import { EXTENSIONS, memoryStorage, worldSettings } from '../support/world-settings.ts'

const REQUESTS = 'mockflared_http_requests_total'
const LIST = '/accounts/:account_id/cfd_tunnel'

describe('a request', () => {
  it('counts by plane, method, route and status', async () => {
    const { emulator, get, post, read } = await startWithMetrics()
    await get('')
    await get(`/${UNKNOWN_ID}`)
    await post('', { name: 'blog' })
    await emulator.inject({ url: '/client/v4/nowhere' })
    await emulator.inject({ url: '/_mockflared/clock' })
    await emulator.inject({ url: '/healthz' })

    expect(await read(REQUESTS)).toEqual({
      [`plane="api",method="GET",route="${LIST}",status="200"`]: 1,
      [`plane="api",method="GET",route="${LIST}/:tunnel_id",status="404"`]: 1,
      [`plane="api",method="POST",route="${LIST}",status="200"`]: 1,
      'plane="api",method="GET",route="unmatched",status="404"': 1,
      'plane="control",method="GET",route="/_mockflared/clock",status="200"': 1,
      'plane="server",method="GET",route="/healthz",status="200"': 1,
    })
  })

  it('counts with its duration, and is in flight meanwhile', async () => {
    const { emulator, get, read } = await startWithMetrics()
    await emulator.control.addFault({ effect: { latency: { ms: 60 } } })
    const running = get('')
    await vi.waitUntil(async () => (await read('mockflared_http_requests_in_flight'))['plane="api"'] === 1)
    await running

    const [durations] = ['mockflared_http_request_duration_seconds']
    expect(await read(`${durations}_count`)).toMatchObject({ [`plane="api",route="${LIST}"`]: 1 })
    expect(await read(`${durations}_bucket`)).toMatchObject({ [`le="0.05",plane="api",route="${LIST}"`]: 0 })
    expect(await read('mockflared_http_requests_in_flight')).toMatchObject({ 'plane="api"': 0 })
  })

  it('whose connection ends before a response has the status none', async () => {
    const { emulator, get, read } = await startWithMetrics()
    await emulator.control.addFault({ effect: { reset: 'before' } })
    await expect(get('')).rejects.toThrow()

    expect(await read(REQUESTS)).toEqual({ [`plane="api",method="GET",route="${LIST}",status="none"`]: 1 })
  })

  it('with a made-up method adds no value to a label', async () => {
    const { emulator, read } = await startWithMetrics()
    await emulator.inject({ method: 'PROPFIND' as 'GET', url: '/client/v4/nowhere' })

    expect(Object.keys(await read(REQUESTS))).toEqual([expect.stringContaining('method="other",route="unmatched"')])
  })

  it('for a stream of events has no duration', async () => {
    const { emulator, read } = await startWithMetrics()
    const leaving = new AbortController()
    const headers = { accept: 'text/event-stream' }
    const url = `${emulator.url}/_mockflared/events`
    await emulator.fetch(url, { headers, signal: leaving.signal })
    leaving.abort()

    await vi.waitUntil(async () => Object.keys(await read(REQUESTS)).some(labels => labels.includes('/events')))
    expect(await read('mockflared_http_request_duration_seconds_count')).not.toHaveProperty(
      'plane="control",route="/_mockflared/events"',
    )
  })
})

describe('a world', () => {
  it('counts by what it began with, while it is there and when it goes', async () => {
    const { emulator, read } = await startWithMetrics({ max_worlds: 4 })
    const { control } = emulator
    await control.saveSnapshot({ name: 'release-42' })
    for (const from of ['seed', 'empty', 'current', 'release-42']) await control.createWorld({ from })
    const { id } = (await control.listWorlds()).find(world => world.id !== 'main') ?? { id: '' }

    expect(await read('mockflared_worlds')).toEqual({ '': 4 })
    expect(await read('mockflared_worlds_limit')).toEqual({ '': 4 })
    expect(await read('mockflared_worlds_created_total')).toEqual({
      'from="seed"': 1,
      'from="empty"': 1,
      'from="current"': 1,
      'from="snapshot"': 1,
    })
    await control.deleteWorld({ id })
    expect(await read('mockflared_worlds')).toEqual({ '': 3 })
    expect(await read('mockflared_worlds_removed_total')).toEqual({ 'reason="deleted"': 1, 'reason="idle"': 0 })
  })

  it('counts as idle when nobody used it', async () => {
    const { emulator, read } = await startWithMetrics({ world_idle_ms: 5 })
    await emulator.control.createWorld()
    const removed = () => read('mockflared_worlds_removed_total')
    await vi.waitUntil(async () => (await removed())['reason="idle"'] === 1)

    expect(await removed()).toEqual({ 'reason="deleted"': 0, 'reason="idle"': 1 })
  })

  it('counts when it is refused, by the reason', async () => {
    const { emulator, read } = await startWithMetrics({ max_worlds: 1 })
    const create = (id: string) => emulator.control.createWorldAs({ id })
    await create('job-1')
    await expect(create('job-1')).rejects.toThrow('there is a world')
    await expect(create('job-2')).rejects.toThrow('worlds already')

    expect(await read('mockflared_worlds_refused_total')).toEqual({ 'reason="limit"': 1, 'reason="taken"': 1 })
  })
})

it('the storage counts in bytes, with worlds and snapshots', async () => {
  const { emulator, read } = await startWithMetrics()
  const [{ control }, size] = [emulator, async () => (await read('mockflared_storage_bytes'))['kind="memory"'] ?? 0]
  const [one] = [await size()]
  await control.saveSnapshot({ name: 'saved' })
  const two = await size()
  await control.createWorld()

  expect(one).toBeGreaterThan(0)
  expect([await size(), two]).toEqual([3 * one, 2 * one])
})

it('a request that fails because the disk is full counts as a failure of the storage', async () => {
  const { emulator, post, fill } = await startWithFaultyDisk({ metrics: true })
  fill()
  expect(await post('', { name: 'x'.repeat(20_000) })).toMatchObject({ status: 507 })
  const { body } = await emulator.inject({ url: '/metrics' })

  expect(body).toMatch(/^mockflared_storage_failures_total 1$/m)
})

it('a fault counts for each call that it acts on, by its effect', async () => {
  const { emulator, get, read } = await startWithMetrics()
  await emulator.control.addFault({ effect: { latency: { ms: 1 } } })
  await emulator.control.addFault({ times: 1, effect: { html: 502 } })
  await get('').catch(() => {})
  await get('')

  expect(await read('mockflared_faults_injected_total')).toEqual({ 'kind="latency"': 2, 'kind="html"': 1 })
})

it('a stall of the event loop counts once for each 20 ms of it', async () => {
  const { read } = await startWithMetrics()
  const over = async () => {
    const buckets = await read('mockflared_event_loop_lag_seconds_bucket')
    return (buckets['le="+Inf"'] ?? 0) - (buckets['le="0.1"'] ?? 0)
  }
  const before = await over()
  const end = performance.now() + 200
  while (performance.now() < end);
  await vi.waitUntil(async () => (await over()) > before)

  // 200 ms of waiting, then 180, 160, 140 and 120.
  expect((await over()) - before).toBeGreaterThanOrEqual(4)
})

it('no label has the id of a world or of a tunnel', async () => {
  const { emulator, create, exposition } = await startWithMetrics()
  const [{ id: world }, { id: tunnel }] = [await emulator.control.createWorld(), await create({ name: 'blog' })]
  await emulator.inject({ url: `/w/${world}/client/v4/accounts/${ACCOUNT}/cfd_tunnel/${tunnel}` })
  await emulator.inject({ url: `/_mockflared/tunnels/${ACCOUNT}/${tunnel}/connectors` })
  await emulator.inject({ method: 'DELETE', url: `/_mockflared/worlds/${world}` })
  const text = await exposition()

  for (const id of [world, tunnel, ACCOUNT]) expect(text).not.toContain(id)
})

it('the metrics of several threads add up, with one limit and one process', async () => {
  const figures = [1, 2].map(async () => {
    const worlds = createWorlds(memoryStorage(), [], worldSettings(), { ...DEFAULTS, max_worlds: 10 }, EXTENSIONS)
    await worlds.create('empty', worlds.main())
    const metrics = createMetrics({ behaviour: 'latest' }, worlds)
    onTestFinished(() => {
      metrics.stop()
      worlds.close()
    })
    return metrics.collect()
  })
  const lines = (await expositionOf(await Promise.all(figures))).split('\n')

  expect(lines).toContain('mockflared_worlds 2')
  expect(lines).toContain('mockflared_worlds_created_total{from="empty"} 2')
  expect(lines).toContain('mockflared_worlds_limit 10')
  expect(lines.filter(line => line.startsWith('process_resident_memory_bytes '))).toHaveLength(1)
})

describe('the route', () => {
  const at = async (options: EmulatorOptions, url: string, headers = {}, remoteAddress = '127.0.0.1') => {
    const { emulator } = await startEmulator(options)
    const { statusCode, body } = await emulator.inject({ url, headers, remoteAddress })
    return { status: statusCode, body }
  }

  it.each(['/metrics', '/_mockflared/metrics', '/w/any/metrics'])('%s has them as text', async url => {
    const { emulator } = await startWithMetrics()
    const response = await emulator.inject({ url })

    expect(response.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(response.body).toMatch(/^mockflared_build_info\{version=".+",node=".+",behaviour="latest"\} 1$/m)
    expect(response.body).toMatch(/^process_resident_memory_bytes \d+$/m)
  })

  it.each(['/metrics', '/_mockflared/metrics'])('%s wants the token of the control plane', async url => {
    const options = { metrics: true, control_token: 'sesame' }

    expect(await at(options, url)).toMatchObject({ status: 403, body: expect.stringContaining('--control-token') })
    expect(await at(options, url, { authorization: 'Bearer sesame' }, '192.0.2.1')).toMatchObject({ status: 200 })
  })

  it('is refused to other machines without a token', async () => {
    expect(await at({ metrics: true }, '/metrics', {}, '192.0.2.1')).toMatchObject({ status: 403 })
  })

  it('is not there while metrics are off', async () => {
    expect(await at({}, '/metrics')).toMatchObject({ status: 404, body: expect.stringContaining('"success":false') })
    expect(await at({}, '/_mockflared/metrics')).toMatchObject({
      status: 409,
      body: expect.stringContaining('metrics are off: start the server with --metrics'),
    })
  })

  it('is on the port of the control plane alone, if that has its own', async () => {
    const emulator = await createEmulator({ port: 0, control_port: 0, metrics: true, log: 'off' })
    const status = async (url: string) => (await fetch(new URL('/metrics', url))).status
    const statuses = [await status(emulator.url), await status(emulator.controlURL)]
    await emulator.close()

    expect(statuses).toEqual([404, 200])
  })

  it('needs a control plane', async () => {
    await expect(createEmulator({ listen: false, metrics: true, control: 'off' })).rejects.toThrow(
      '--metrics are served by the control plane: leave out --control off',
    )
  })
})
