import type { FaultPreset, FaultRule } from '../../../schemas/control/fault.ts'

/** Named sets of fault rules. */
export const FAULT_PRESETS: Readonly<Record<FaultPreset, readonly FaultRule[]>> = {
  /**
   * Status, code and header are real (recorded: rate_limited); the real `retry-after` is longer.
   */
  'rate-limited': [{ times: 2, effect: { error: { status: 429, code: 971, retry_after: 1 } } }],

  /** (recorded: trouble_page) */
  flaky: [{ every: 3, effect: { html: 503 } }],

  slow: [{ effect: { latency: { ms: 300, jitter_ms: 200 } } }],

  /** (recorded: trouble_page) */
  outage: [{ effect: { html: 502 } }],

  'eventually-consistent': [{ effect: { stale: { ms: 2_000 } } }],
}
