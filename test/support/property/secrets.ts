/** Secrets in all spellings that a request can have, and how to find them again. */
import fc from 'fast-check'

const SECRET_NAMES = [
  'tunnel_secret',
  'TunnelSecret',
  'tunnelSecret',
  'tunnel-secret',
  'TUNNEL_SECRET',
  'a[tunnel_secret]',
  'a.b.secret',
  'tokens[]',
  'access_token',
  'X-Auth-Key',
  'apiKey',
  'private key',
  'password',
  'Authorization',
  's',
]

/** Letters and digits, so that no escape changes it; not hex, so that no id contains it. */
export const secret = fc.stringMatching(/^[G-Zg-z]{3}[A-Za-z0-9]{20}[G-Zg-z]{3}$/)

export const secretName = fc.constantFrom(...SECRET_NAMES)

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

/** URL-encodes every character, and not only those that need it. */
export function escapeAll(text: string): string {
  return [...Buffer.from(text)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')
}

function escapeJson(text: string): string {
  return [...text].map(char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
}

/** Texts that reveal by themselves that they contain a secret. */
function telling(value: string): fc.Arbitrary<string> {
  const token = { a: '699d98642c564d2e855e9661899b7252', t: 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415', s: value }
  const named = secretName.chain(name =>
    fc.constantFrom(
      `${name}=${value}`,
      `/path?a=b&${escapeAll(name)}=${value}&c=d`,
      `curl -H "${name}: ${value}"`,
      JSON.stringify({ id: 1, [name]: value }),
      JSON.stringify({ list: [{ name, value }] }, null, 2),
      `{"${escapeJson(name)}":"${value}"}`,
      `{"${escapeJson(name)}":"${value}`,
      `config={"${name}":"a&${value}"}`,
      `--${name.replaceAll(/\W/g, '-')}=${value}`,
    ),
  )
  const formed = fc.constantFrom(
    base64(JSON.stringify(token)),
    base64(JSON.stringify({ AccountTag: token.a, TunnelSecret: value, TunnelID: token.t }, null, 2)),
    base64(JSON.stringify([token])),
    `eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.${value}`,
    `tcp://user:${value}@localhost:8080`,
    `https://${value}@host.example.com/a`,
    `proxy to http://${value}:pa/ss@host failed`,
    `http://user:${value}/?@host`,
    `user:${value}@host`,
    `Bearer ${value}`,
    `cloudflared tunnel run --token ${value}`,
    `-----BEGIN PRIVATE KEY-----\n${value}\n-----END PRIVATE KEY-----\n`,
    `-----BEGIN ARGO TUNNEL TOKEN-----\n${base64(JSON.stringify({ zoneID: 'a', apiToken: value }))}`,
    base64(`-----BEGIN PRIVATE KEY-----\n${value}\n-----END PRIVATE KEY-----\n`),
    `invalid type: string "${value}", expected a map`,
  )
  return fc.oneof(named, formed)
}

const ENCODINGS: readonly ((text: string) => string)[] = [
  base64,
  encodeURIComponent,
  escapeAll,
  text => JSON.stringify(text),
  text => JSON.stringify({ note: [text] }),
  text => `see ${text}`,
]

/** Text with a secret, encoded up to three times. */
export function secretText(value: string): fc.Arbitrary<string> {
  return fc
    .tuple(telling(value), fc.array(fc.constantFrom(...ENCODINGS), { maxLength: 3 }))
    .map(([text, encodings]) => encodings.reduce((encoded, encode) => encode(encoded), text))
}

/** A JSON object with a secret at some depth. */
export function secretJson(value: string): fc.Arbitrary<Record<string, unknown>> {
  const named = secretName.chain(name =>
    fc.constantFrom<Record<string, unknown>>(
      { [name]: value },
      { [name]: [value] },
      { [name]: { deep: { deeper: value } } },
      { [escapeAll(name)]: value },
      { env: [{ name, value }] },
    ),
  )
  const formed = secretText(value).map((text): Record<string, unknown> => ({ note: text }))
  const wraps: readonly ((json: object) => Record<string, unknown>)[] = [
    json => ({ config: json }),
    json => ({ list: [1, [json]] }),
    json => ({ text: JSON.stringify(json) }),
  ]
  return fc
    .tuple(fc.oneof(named, formed), fc.array(fc.constantFrom(...wraps), { maxLength: 3 }))
    .map(([json, outer]) => outer.reduce<Record<string, unknown>>((inner, wrap) => wrap(inner), json))
}

/** What base64 of any text with this part contains, whatever comes before it. */
function inBase64(part: string): string[] {
  return [0, 1, 2].map(offset => {
    const whole = base64(' '.repeat(offset) + part)
    return whole.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + part.length) * 4) / 3))
  })
}

function unescapeOnce(text: string): string {
  return text.replaceAll(/(?:%|\\u00)([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Whether a text contains a secret, also URL-encoded or in base64, up to three times. */
export function contains(text: string, value: string): boolean {
  const once = inBase64(value)
  const twice = once.flatMap(inBase64)
  const parts = [value, ...once, ...twice, ...twice.flatMap(inBase64)]
  const texts = [text]
  while (texts.length < 5) texts.push(unescapeOnce(texts.at(-1) ?? ''))
  return texts.some(plain => parts.some(part => plain.includes(part)))
}
