import { randomBytes, randomUUID } from 'node:crypto'

/** Everything in a world that is left to chance. */
export interface Ids {
  readonly uuid: () => string
  /** Base64 of 32 bytes. */
  readonly secret: () => string
  /** For the header `cf-ray`: 16 hex digits and a data center, such as `8f3c2a9d1e4b6071-DFW`. */
  readonly ray: () => string
}

export const randomIds = (): Ids => ({
  uuid: () => randomUUID(),
  secret: () => randomBytes(32).toString('base64'),
  ray: () => `${randomBytes(8).toString('hex')}-DFW`,
})
