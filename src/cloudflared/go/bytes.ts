/**
 * This folder holds the parts of Go's standard library (Go 1.26) that cloudflared's validation
 * calls, as far as they decide what is accepted and how an error reads: one file per Go package.
 * Go's strings are bytes, and some messages cut a text in the middle of a character. Such text is a
 * `Bytes` string: one character from U+0000 to U+00FF per byte.
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
