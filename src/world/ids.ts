import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto'

/** All random values of a world. */
export interface Ids {
  readonly uuid: () => string
  /** Base64 of 32 bytes. */
  readonly secret: () => string
  /** For the header `cf-ray`: 16 hex digits and a data center, such as `8f3c2a9d1e4b6071-IAD`. */
  readonly ray: () => string
  /** For the header `cf-auditlog-id`: a UUID. */
  readonly auditId: () => string
  readonly bytes: (length: number) => Buffer
  /** From 0 up to 1. */
  readonly fraction: () => number
  /** The number of bytes drawn so far. A world that continues from here must skip them. */
  readonly drawn: () => number
}

/**
 * With a seed, the same calls return the same values in every run. `world` makes the values of
 * worlds differ; `skip` is the number of bytes that were drawn before.
 */
export function createIds(seed: number | undefined, world: string, skip = 0): Ids {
  const draw = seed === undefined ? randomBytes : keystream(`${seed} ${world}`, skip)
  let drawn = skip
  const bytes = (length: number): Buffer => {
    drawn += length
    return draw(length)
  }
  return {
    uuid: () => asUuid(bytes(16)),
    secret: () => bytes(32).toString('base64'),
    ray: () => `${seed === undefined ? randomDigits() : bytes(8).toString('hex')}-IAD`,
    auditId: () => (seed === undefined ? randomUUID() : asUuid(bytes(16))),
    bytes,
    fraction: () => bytes(4).readUInt32BE() / 2 ** 32,
    drawn: () => drawn,
  }
}

/** 16 hex digits for every response. Node buffers random bytes for UUIDs, so this is fast. */
function randomDigits(): string {
  const uuid = randomUUID()
  return uuid.slice(0, 4) + uuid.slice(-12)
}

/** A repeatable random byte stream: AES in counter mode over zeros. */
function keystream(name: string, skip: number): (length: number) => Buffer {
  const digest = createHash('sha256').update(name).digest()
  const cipher = createCipheriv('aes-128-ctr', digest.subarray(0, 16), digest.subarray(16))
  cipher.update(Buffer.alloc(skip))
  return length => cipher.update(Buffer.alloc(length))
}

/** Sets the version 4 bits of RFC 9562. */
function asUuid(bytes: Buffer): string {
  bytes[6] = (bytes.readUInt8(6) & 0x0f) | 0x40
  bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
