/** The effects of faults as forms: what each is called, starts with and asks for. */

export interface EffectInput {
  /** The key in the value of the effect; undefined: the input is the whole value. */
  readonly key?: string
  readonly label: string
  /** Values to choose from; otherwise one types. */
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  readonly isNumber?: boolean
  readonly size?: number
  readonly placeholder?: string
}

export interface EffectForm {
  readonly key: string
  readonly label: string
  readonly initial: unknown
  readonly inputs: readonly EffectInput[]
}

function milliseconds(key: string, label: string, placeholder?: string): EffectInput {
  return { key, label, isNumber: true, size: 8, ...(placeholder !== undefined && { placeholder }) }
}

export const EFFECT_FORMS: readonly EffectForm[] = [
  {
    key: 'error',
    label: 'Error',
    initial: { status: 429, code: 971, retry_after: 1 },
    inputs: [
      { key: 'status', label: 'Status', isNumber: true, size: 4 },
      { key: 'code', label: 'Error code', isNumber: true, size: 8 },
      { key: 'retry_after', label: 'retry-after in seconds', isNumber: true, size: 4 },
      { key: 'message', label: 'Message', size: 28, placeholder: 'the recorded text of the code' },
    ],
  },
  {
    key: 'latency',
    label: 'Delay',
    initial: { ms: 1_000 },
    inputs: [milliseconds('ms', 'By ms'), milliseconds('jitter_ms', 'And at random up to ms', '0')],
  },
  { key: 'hang', label: 'No response', initial: true, inputs: [] },
  {
    key: 'reset',
    label: 'Cut connection',
    initial: 'before',
    inputs: [
      {
        label: 'When the connection is cut',
        options: [
          { value: 'before', label: 'before the request has an effect' },
          { value: 'after', label: 'after its effect is committed' },
        ],
      },
    ],
  },
  {
    key: 'body',
    label: 'Broken body',
    initial: 'truncated',
    inputs: [
      {
        label: 'What is wrong with the body',
        options: [
          { value: 'truncated', label: 'half of it is missing' },
          { value: 'malformed', label: 'it is not valid JSON' },
        ],
      },
    ],
  },
  {
    key: 'html',
    label: 'HTML page',
    initial: 503,
    inputs: [
      { label: 'Status', isNumber: true, options: ['502', '503', '504'].map(value => ({ value, label: value })) },
    ],
  },
  { key: 'stale', label: 'Old data', initial: { ms: 2_000 }, inputs: [milliseconds('ms', 'Reading lags by ms')] },
]

export const EDGE_EFFECT_FORMS: readonly EffectForm[] = [
  {
    key: 'drop_connection',
    label: 'Cut connections',
    initial: { after_ms: 5_000 },
    inputs: [milliseconds('after_ms', 'After ms', '0')],
  },
  { key: 'stall', label: 'Stall connections', initial: { ms: 10_000 }, inputs: [milliseconds('ms', 'For ms')] },
  {
    key: 'refuse_registration',
    label: 'Refuse registrations',
    initial: {},
    inputs: [{ key: 'cause', label: 'Cause', size: 36, placeholder: 'Unauthorized: Failed to get tunnel' }],
  },
  {
    key: 'delay_registration',
    label: 'Delay registrations',
    initial: { ms: 2_000 },
    inputs: [milliseconds('ms', 'By ms')],
  },
  { key: 'corrupt_frame', label: 'Break registrations', initial: true, inputs: [] },
  { key: 'refuse_configuration', label: 'Send no configuration', initial: true, inputs: [] },
  {
    key: 'delay_configuration',
    label: 'Delay configurations',
    initial: { ms: 5_000 },
    inputs: [milliseconds('ms', 'By ms')],
  },
  {
    key: 'http_status',
    label: 'Error of the gateway',
    initial: { status: 503 },
    inputs: [{ key: 'status', label: 'Status', isNumber: true, size: 4 }],
  },
  { key: 'latency', label: 'Delay requests', initial: { ms: 300 }, inputs: [milliseconds('ms', 'By ms')] },
  {
    key: 'cut_after',
    label: 'Cut responses',
    initial: { bytes: 1_000 },
    inputs: [{ key: 'bytes', label: 'After bytes of the body', isNumber: true, size: 8 }],
  },
]
