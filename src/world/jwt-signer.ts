/** The JWT header of a management token (recorded: management_token). */
const HEADER = { typ: 'JWT', alg: 'ES256', kid: '1' }

interface PublicKey {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}

export interface Signer {
  /** Returns a JWT, signed with ES256. The same claims give the same token (RFC 6979). */
  readonly sign: (claims: object) => Promise<string>
  /** The public key as a JWK. */
  readonly publicKey: () => Promise<PublicKey>
  /** The random bytes, as base64, from which the key was created; undefined if there is none yet. */
  readonly saved: () => string | undefined
}

/**
 * Creates a signer with a temporary key. Few worlds sign, so the first call creates the key and
 * loads the code of the curve.
 */
export function createSigner(randomBytes: (length: number) => Uint8Array, saved?: string): Signer {
  let seed = saved === undefined ? undefined : Buffer.from(saved, 'base64')
  let keys: { secretKey: Uint8Array; publicKey: Uint8Array } | undefined
  const ready = async () => {
    const { p256 } = await import('@noble/curves/nist.js')
    seed ??= Buffer.from(randomBytes(48))
    keys ??= p256.keygen(seed)
    return { p256, ...keys }
  }

  return {
    sign: async claims => {
      const { p256, secretKey } = await ready()
      const content = `${encoded(HEADER)}.${encoded(claims)}`
      const signature = p256.sign(Buffer.from(content), secretKey)
      return `${content}.${Buffer.from(signature).toString('base64url')}`
    },
    publicKey: async () => {
      const { p256, publicKey } = await ready()
      const { x, y } = p256.Point.fromBytes(publicKey).toAffine()
      return { kty: 'EC', crv: 'P-256', x: coordinate(x), y: coordinate(y) }
    },
    saved: () => seed?.toString('base64'),
  }
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function coordinate(value: bigint): string {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex').toString('base64url')
}
