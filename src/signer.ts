import { generateKeyPairSync, type JsonWebKey, type KeyPairKeyObjectResult, sign } from 'node:crypto'

/** Recorded: the header of a management token, decoded from a sample in cloudflared's tests. */
const HEADER = { typ: 'JWT', alg: 'ES256', kid: '1' }

export interface Signer {
  /** The claims as a JWT, signed with ES256. */
  readonly sign: (claims: object) => string
  /** The public half of the key, as a JWK. */
  readonly publicKey: () => JsonWebKey
}

/** Signs with a throw-away key of its own, made when it is first needed. */
export const throwAwaySigner = (): Signer => {
  let made: KeyPairKeyObjectResult | undefined
  const pair = (): KeyPairKeyObjectResult => {
    made ??= generateKeyPairSync('ec', { namedCurve: 'P-256' })
    return made
  }

  return {
    sign: claims => {
      const content = `${encoded(HEADER)}.${encoded(claims)}`
      const signature = sign('sha256', Buffer.from(content), { key: pair().privateKey, dsaEncoding: 'ieee-p1363' })
      return `${content}.${signature.toString('base64url')}`
    },
    publicKey: () => pair().publicKey.export({ format: 'jwk' }),
  }
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
