/** What is in a token: that of a tunnel is base64 of JSON, that of the management is a JWT. */
export interface Opened {
  readonly content: unknown
  /** A token with another content; the signature of a JWT is replaced by a word. */
  readonly sealed: (content: unknown, signature: string) => string
}

/** Undefined for a text that is no token. */
export function opened(text: string): Opened | undefined {
  const [head, claims, signature] = text.split('.')
  if (head !== undefined && claims !== undefined && signature !== undefined) {
    const content = jsonIn(claims)
    return content === undefined
      ? undefined
      : { content, sealed: (other, word) => `${head}.${encoded(other, 'base64url')}.${word}` }
  }
  const content = jsonIn(text)
  return content === undefined ? undefined : { content, sealed: other => encoded(other, 'base64') }
}

function jsonIn(base64: string): unknown {
  try {
    const content: unknown = JSON.parse(Buffer.from(base64, 'base64').toString())
    return typeof content === 'object' && content !== null ? content : undefined
  } catch {
    return undefined
  }
}

function encoded(content: unknown, alphabet: 'base64' | 'base64url'): string {
  return Buffer.from(JSON.stringify(content)).toString(alphabet)
}
