import type { Exchange, Recording } from '../../schemas/recording.ts'
import { decodeToken } from './tokens.ts'
import { identityOf, type Kind, type Replace, replaceVariableParts } from './variable-parts.ts'

/**
 * Removes credentials, and replaces secrets, ids of accounts and tunnels, IP addresses and email
 * addresses by placeholders of the same form. Equal values get equal placeholders, so that the
 * recording still replays. Times, names and hostnames stay.
 */
export function redactRecording(recording: Recording): Recording {
  const numbers = new Map<string, number>()
  const numberOf = (kind: Kind, text: string): number => {
    const existing = numbers.get(identityOf(kind, text))
    if (existing !== undefined) return existing

    const next = 1 + [...numbers.keys()].filter(key => key.startsWith(`${kind} `)).length
    numbers.set(identityOf(kind, text), next)
    return next
  }
  for (const id of uuidsIn(recording)) numberOf('uuid', id)
  const placeholder = (kind: Kind, text: string): string =>
    kind === 'token'
      ? tokenFor(text, numberOf(kind, text), placeholder)
      : PLACEHOLDERS[kind](numberOf(kind, text), text)

  return replaceVariableParts(withoutCredentials(recording), placeholder)
}

/** All ids in ascending order, so that a list by id still is one with placeholders. */
function uuidsIn(recording: Recording): readonly string[] {
  const found = new Set<string>()
  const collect: Replace = (kind, text) => {
    if (kind === 'uuid') found.add(text.toLowerCase())
    if (kind === 'token') replaceVariableParts(decodeToken(text)?.content, collect)
    return text
  }
  replaceVariableParts(recording, collect)
  return [...found].toSorted()
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0')
}

const PLACEHOLDERS: Readonly<Record<Exclude<Kind, 'token'>, (number: number, text: string) => string>> = {
  account: number => pad(number, 32),
  uuid: number => `00000000-0000-4000-8000-${pad(number, 12)}`,
  time: (_number, text) => text,
  secret: (number, text) => {
    const { length } = Buffer.from(text, 'base64')
    return btoa(`redacted secret ${number}`.padEnd(length, '.').slice(-length))
  },
  address: number => `192.0.2.${number}`,
  email: number => `person${number}@example.com`,
}

/**
 * A token of the same form with redacted content. A token that cannot be decoded is replaced as a
 * whole.
 */
function tokenFor(text: string, number: number, placeholder: (kind: Kind, text: string) => string): string {
  const token = decodeToken(text)
  return token
    ? token.encode(replaceVariableParts(token.content, placeholder), `redacted${number}`)
    : `redacted-token-${number}`
}

const CREDENTIAL = /^(authorization|cookie|x-auth-.*)$/i

function withoutCredentials(recording: Recording): Recording {
  return {
    ...recording,
    steps: recording.steps.map(step =>
      'request' in step ? { ...step, request: withoutCredential(step.request) } : step,
    ),
  }
}

function withoutCredential({ headers, ...request }: Exchange['request']): Exchange['request'] {
  const kept = Object.entries(headers ?? {}).filter(([name]) => !CREDENTIAL.test(name))
  return kept.length > 0 ? { ...request, headers: Object.fromEntries(kept) } : request
}
