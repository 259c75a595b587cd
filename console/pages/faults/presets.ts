/** What the presets of the server stand for: a test compares them. */
import type { EdgeFaultPreset, EdgeFaultRule } from '../../../schemas/control/edge-fault.ts'
import type { FaultPreset, FaultRule } from '../../../schemas/control/fault.ts'

export const PRESETS: Readonly<Record<FaultPreset, readonly FaultRule[]>> = {
  'rate-limited': [{ times: 2, effect: { error: { status: 429, code: 971, retry_after: 1 } } }],
  flaky: [{ every: 3, effect: { html: 503 } }],
  slow: [{ effect: { latency: { ms: 300, jitter_ms: 200 } } }],
  outage: [{ effect: { html: 502 } }],
  'eventually-consistent': [{ effect: { stale: { ms: 2_000 } } }],
}

export const EDGE_PRESETS: Readonly<Record<EdgeFaultPreset, readonly EdgeFaultRule[]>> = {
  'edge-outage': [
    { ttl: '30s', effect: { drop_connection: {} } },
    { ttl: '30s', effect: { refuse_registration: {} } },
  ],
  flapping: [{ effect: { drop_connection: { after_ms: 5_000 } } }],
  'slow-propagation': [{ times: 2, effect: { refuse_registration: {} } }],
}
