/** A tunnel token is base64 of JSON; a management token is a JWT. */
export interface DecodedToken {
  readonly content: unknown
  /** A token of the same form with other content; `signature` replaces the signature of a JWT. */
  readonly encode: (content: unknown, signature: string) => string
}

/** Undefined for a text that is not a token. */
export function decodeToken(text: string): DecodedToken | undefined {
  const [head, claims, signature] = text.split('.')
  if (head !== undefined && claims !== undefined && signature !== undefined) {
    const content = decodeJson(claims)
    return content === undefined
      ? undefined
      : { content, encode: (other, newSignature) => `${head}.${encodeJson(other, 'base64url')}.${newSignature}` }
  }
  const content = decodeJson(text)
  return content === undefined ? undefined : { content, encode: other => encodeJson(other, 'base64') }
}

function decodeJson(base64: string): unknown {
  try {
    const content: unknown = JSON.parse(Buffer.from(base64, 'base64').toString())
    return typeof content === 'object' && content !== null ? content : undefined
  } catch {
    return undefined
  }
}

function encodeJson(content: unknown, alphabet: 'base64' | 'base64url'): string {
  return Buffer.from(JSON.stringify(content)).toString(alphabet)
}
