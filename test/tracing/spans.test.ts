/** The spans that an SDK of OpenTelemetry gets. */
import { propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startEmulator, UNKNOWN_ID } from '../support/emulator.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const PARENT = '00f067aa0ba902b7'
const ROUTE = '/accounts/:account_id/cfd_tunnel'

let exporter: InMemorySpanExporter

beforeEach(() => {
  exporter = new InMemorySpanExporter()
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }))
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  vi.stubEnv('OTEL_SERVICE_NAME', 'mockflared')
})

afterEach(() => {
  trace.disable()
  propagation.disable()
  vi.unstubAllEnvs()
})

it('a request is a span of its caller, with its route, its status and its world', async () => {
  const { emulator } = await startEmulator()
  const { id } = await emulator.control.createWorld()
  const url = `/w/${id}/client/v4/accounts/${UNKNOWN_ID.replaceAll('-', '')}/cfd_tunnel`
  await emulator.inject({ url, headers: { authorization: 'Bearer t', traceparent: `00-${TRACE}-${PARENT}-01` } })

  expect(exporter.getFinishedSpans()).toMatchObject([
    {
      name: `GET ${ROUTE}`,
      kind: SpanKind.SERVER,
      parentSpanContext: { traceId: TRACE, spanId: PARENT, isRemote: true },
      attributes: {
        'http.request.method': 'GET',
        'http.route': ROUTE,
        'http.response.status_code': 200,
        'mockflared.world': id,
      },
      status: { code: SpanStatusCode.UNSET },
    },
  ])
})

it('a request without a caller begins a trace, and one to an unknown path has no route', async () => {
  const { emulator } = await startEmulator()
  await emulator.inject({ url: '/client/v4/nowhere' })

  const [span] = exporter.getFinishedSpans()
  expect(span).toMatchObject({ name: 'GET', parentSpanContext: undefined })
  expect(span?.attributes).not.toHaveProperty('http.route')
})

it.each([
  ['gets a 502', { html: 502 }],
  ['gets no response', { reset: 'before' }],
] as const)('a request that %s is an error', async (_what, effect) => {
  const { emulator, get } = await startEmulator()
  await emulator.control.addFault({ effect })
  await get('').catch(() => {})

  expect(exporter.getFinishedSpans()).toMatchObject([{ status: { code: SpanStatusCode.ERROR } }])
})

it('a request is no span when the SDK is disabled', async () => {
  vi.stubEnv('OTEL_SDK_DISABLED', 'true')
  const { get } = await startEmulator()
  await get('')

  expect(exporter.getFinishedSpans()).toEqual([])
})
