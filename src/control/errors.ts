const STATUSES = { invalid: 400, forbidden: 403, not_found: 404, refused: 409, storage_failed: 507 } as const

export type ControlErrorCode = keyof typeof STATUSES

/** What the control plane will not do. Its shape is its own, so that nobody takes it for an error of Cloudflare's. */
export class ControlError extends Error {
  readonly code: ControlErrorCode
  readonly status: number

  constructor(code: ControlErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.status = STATUSES[code]
  }
}
