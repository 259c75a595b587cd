/** A logged request as a command, and sent once more. */
import type { Info } from '../../../schemas/control/info.ts'
import type { JournalEntry } from '../../../schemas/control/journal.ts'
import { quoted } from '../../data/quote.ts'

type Sent = Pick<JournalEntry, 'method' | 'path' | 'query' | 'body'>

export function urlOf({ path, query }: Pick<Sent, 'path' | 'query'>, baseUrl: string): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
  )
  return `${baseUrl}${path}${pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`}`
}

/** The token stays a variable, so that the text can be pasted anywhere. */
export function curlOfRequest(sent: Sent, baseUrl: string): string {
  const { method, body } = sent
  return [
    'curl',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    quoted(urlOf(sent, baseUrl)),
    '-H "Authorization: Bearer $CLOUDFLARE_API_TOKEN"',
    ...(body === null ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(textOf(body))}`]),
  ].join(' ')
}

/** Why the log has not all that was sent. */
export function missingPart({ path, query, body }: Sent): string | undefined {
  if (typeof body === 'string' && /^\[.*\]$/s.test(body)) return `The log has no copy of the body: ${body}.`
  if (JSON.stringify([path, query, body]).includes('[redacted]'))
    return 'The log keeps no secrets: put the value in the place of [redacted].'
  return undefined
}

/** Why a page of this origin cannot send it; undefined: it can. */
export function whyNotSent(sent: Sent, { base_url, token }: Info, origin: string): string | undefined {
  if (new URL(base_url).origin !== origin) return 'The API has another address than this page. Use the command.'
  if (token === null) return 'This world has no token for the page to use. Use the command.'
  return missingPart(sent)
}

export async function sendAgain(sent: Sent, { base_url, token }: Info): Promise<Response> {
  const { method, body } = sent
  return fetch(urlOf(sent, base_url), {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== null && { 'content-type': 'application/json' }) },
    ...(body !== null && { body: textOf(body) }),
  })
}

function textOf(body: unknown): string {
  return JSON.stringify(body)
}
