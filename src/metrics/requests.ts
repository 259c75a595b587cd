import type { IncomingMessage } from 'node:http'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { planeOf } from '../config/paths.ts'
import { contextOf, type RequestObserver } from '../http/context.ts'
import { steadyMillis } from '../world/steady-time.ts'

/** Clients may send any other one, and each would be a value of the label. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Counts and times each request, from its arrival to the end of its response. */
export function observeRequests(registry: Registry): RequestObserver {
  const registers = [registry]
  const requests = new Counter({
    name: 'mockflared_http_requests_total',
    help: 'Requests by route and status; the status is "none" if the connection ended before a response.',
    labelNames: ['plane', 'method', 'route', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'mockflared_http_request_duration_seconds',
    help: 'From the arrival of a request to the end of its response; without streams of events.',
    labelNames: ['plane', 'route'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const inFlight = new Gauge({
    name: 'mockflared_http_requests_in_flight',
    help: 'Requests whose response is not over, and open streams of events.',
    labelNames: ['plane'],
    registers,
  })
  return (request, response) => {
    const started = steadyMillis()
    const { address } = contextOf(request)
    const plane = planeOf(address.path)
    inFlight.inc({ plane })
    response.once('close', () => {
      inFlight.dec({ plane })
      const route = routeOf(request)
      const { method = '' } = request
      const status = response.headersSent ? response.statusCode : 'none'
      requests.inc({ plane, method: METHODS.has(method) ? method : 'other', route, status })
      if (!isEventStream(request)) durations.observe({ plane, route }, (steadyMillis() - started) / 1_000)
    })
  }
}

/** The pattern of the route, such as `/accounts/:account_id/cfd_tunnel`. */
function routeOf(request: IncomingMessage): string {
  return contextOf(request).routed?.routeOptions.url ?? 'unmatched'
}

/** It lasts as long as its listener wants. */
function isEventStream(request: IncomingMessage): boolean {
  const operation = contextOf(request).routed?.routeOptions.config.control_operation
  return operation === 'listEvents' && (request.headers.accept?.includes('text/event-stream') ?? false)
}
