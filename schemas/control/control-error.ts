export const CONTROL_ERROR_CODES = [
  'invalid',
  'forbidden',
  'not_found',
  'gone',
  'method_not_allowed',
  'refused',
  'busy',
  'storage_failed',
  'unavailable',
  'internal',
] as const

/** `unknown` is the client's own: the answer did not come from a control plane. */
export type ControlErrorCode = (typeof CONTROL_ERROR_CODES)[number] | 'unknown'

const STATUSES: Readonly<Record<ControlErrorCode, number>> = {
  invalid: 400,
  forbidden: 403,
  not_found: 404,
  gone: 410,
  method_not_allowed: 405,
  refused: 409,
  busy: 503,
  storage_failed: 507,
  unavailable: 503,
  internal: 500,
  unknown: 502,
}

interface ControlErrorOptions extends ErrorOptions {
  /** The HTTP status of the answer. Default: that of the code. */
  readonly status?: number
}

/** The control plane refuses or fails: in the library, over HTTP and in the client. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  readonly code: ControlErrorCode
  readonly status: number

  constructor(
    code: ControlErrorCode,
    message: string,
    { status = STATUSES[code], ...options }: ControlErrorOptions = {},
  ) {
    super(message, options)
    this.code = code
    this.status = status
  }
}
