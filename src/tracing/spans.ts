/**
 * One span for each request, with the SDK that the user has set up. The package is a peer: it must
 * be the same as that of the SDK.
 */
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { MAIN_WORLD_ID } from '../config/paths.ts'
import { VERSION } from '../config/version.ts'
import { contextOf, type RequestObserver } from '../http/context.ts'

/** The names are those of OpenTelemetry's conventions for HTTP, besides the world. */
export function observeSpans(): RequestObserver {
  const tracer = trace.getTracer('mockflared', VERSION)
  return (request, response) => {
    const { method = '' } = request
    const parent = propagation.extract(context.active(), request.headers)
    const span = tracer.startSpan(method, { kind: SpanKind.SERVER }, parent)
    response.once('close', () => {
      const { address, routed } = contextOf(request)
      const route = routed?.routeOptions.url
      if (route !== undefined) span.updateName(`${method} ${route}`).setAttribute('http.route', route)
      span.setAttributes({ 'http.request.method': method, 'mockflared.world': address.world ?? MAIN_WORLD_ID })
      if (response.headersSent) span.setAttribute('http.response.status_code', response.statusCode)
      if (!response.headersSent || response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    })
  }
}
