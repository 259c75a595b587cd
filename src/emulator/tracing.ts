import type { RequestObserver } from '../http/context.ts'

/**
 * Returns what makes a span of each request; undefined without the variables of OpenTelemetry or
 * without its package, and then nothing is loaded.
 */
export async function loadTracing(): Promise<RequestObserver | undefined> {
  if (!isAskedFor()) return undefined
  try {
    return (await import('../tracing/spans.ts')).observeSpans()
  } catch (error) {
    if (isMissingPackage(error)) return undefined
    throw error
  }
}

/** An empty variable counts as unset, as OpenTelemetry's specification has it. */
function isAskedFor(): boolean {
  const isSet = Object.entries(process.env).some(([name, value]) => name.startsWith('OTEL_') && value !== '')
  return isSet && process.env.OTEL_SDK_DISABLED?.toLowerCase() !== 'true'
}

function isMissingPackage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
}
