import { p256 } from '@noble/curves/nist.js'

/** The header of a management token (recorded: management_token). */
const HEADER = { typ: 'JWT', alg: 'ES256', kid: '1' }

interface PublicKey {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}

export interface Signer {
  /** The claims as a JWT, signed with ES256. The same claims give the same token (RFC 6979). */
  readonly sign: (claims: object) => string
  /** The public half of the key, as a JWK. */
  readonly publicKey: () => PublicKey
}

/** Signs with a throw-away key, made of `randomness` when it is first needed. */
export const createSigner = (randomness: (length: number) => Uint8Array): Signer => {
  let made: { secretKey: Uint8Array; publicKey: Uint8Array } | undefined
  const key = () => {
    made ??= p256.keygen(randomness(48))
    return made
  }

  return {
    sign: claims => {
      const content = `${encoded(HEADER)}.${encoded(claims)}`
      const signature = p256.sign(Buffer.from(content), key().secretKey)
      return `${content}.${Buffer.from(signature).toString('base64url')}`
    },
    publicKey: () => {
      const { x, y } = p256.Point.fromBytes(key().publicKey).toAffine()
      return { kty: 'EC', crv: 'P-256', x: coordinate(x), y: coordinate(y) }
    },
  }
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

const coordinate = (value: bigint): string =>
  Buffer.from(value.toString(16).padStart(64, '0'), 'hex').toString('base64url')
