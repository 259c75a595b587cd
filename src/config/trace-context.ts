/** Version, trace, span and flags. A later version may add more, after another hyphen (W3C Trace Context). */
const TRACEPARENT = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(-.*)?$/

/** The trace that a caller names in `traceparent`; undefined without one, or in another form. */
export function traceIdOf(traceparent: unknown): string | undefined {
  const [, version, trace, more] = TRACEPARENT.exec(String(traceparent)) ?? []
  return version === '00' && more !== undefined ? undefined : trace
}
