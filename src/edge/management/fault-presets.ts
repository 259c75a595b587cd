import type { EdgeFaultPreset, EdgeFaultRule } from '../../../schemas/control/edge-fault.ts'

/** Named sets of fault rules (our choice). */
export const EDGE_FAULT_PRESETS: Readonly<Record<EdgeFaultPreset, readonly EdgeFaultRule[]>> = {
  /** Every connection drops, and for half a minute none is accepted. */
  'edge-outage': [
    { ttl: '30s', effect: { drop_connection: {} } },
    { ttl: '30s', effect: { refuse_registration: {} } },
  ],

  flapping: [{ effect: { drop_connection: { after_ms: 5_000 } } }],

  /** A new tunnel is not known at once everywhere (client: edge_refusal). */
  'slow-propagation': [{ times: 2, effect: { refuse_registration: {} } }],
}
