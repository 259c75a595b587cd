/**
 * The corner of Go's standard library that cloudflared's validation calls, as far as it decides what is accepted and
 * what the refusal says. One file per Go package, for Go 1.26. Go's strings are bytes, and some messages cut a text
 * in the middle of a character: such text is kept as a `Bytes` string, one character from U+0000 to U+00FF per byte.
 */
export type Bytes = string

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export function toBytes(text: string): Bytes {
  return text.replace(/\P{ASCII}{1,1000}/gu, characters => String.fromCharCode(...encoder.encode(characters)))
}

export function fromBytes(bytes: Bytes): string {
  return decoder.decode(Uint8Array.from(bytes, byte => byte.charCodeAt(0)))
}
