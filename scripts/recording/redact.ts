import type { Exchange, Recording } from '../../schemas/recording.ts'
import { REDACTED, redactedText } from '../../src/gateway/redaction.ts'
import { withoutUserInfo } from '../../src/gateway/secret-forms.ts'
import { isSecretName, isSecretPair } from '../../src/gateway/secret-names.ts'
import { decodeToken } from './tokens.ts'
import { identityOf, type Kind, type Replace, replaceVariableParts, splitText } from './variable-parts.ts'

/**
 * Removes credentials, and replaces secrets, ids of accounts and tunnels, IP addresses and email
 * addresses by placeholders of the same form. Equal values get equal placeholders, so that the
 * recording still replays. Other secrets are removed. Times, names and hostnames stay.
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
  const placeholder: Replace = (kind, text) =>
    kind === 'token'
      ? tokenFor(text, numberOf(kind, text), placeholder)
      : PLACEHOLDERS[kind](numberOf(kind, text), text)

  return withoutSecrets(withoutCredentials(recording), '', placeholder) as Recording
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
function tokenFor(text: string, number: number, placeholder: Replace): string {
  const token = decodeToken(text)
  return token
    ? token.encode(withoutSecrets(token.content, '', placeholder), `redacted${number}`)
    : `redacted-token-${number}`
}

function withoutSecrets(value: unknown, key: string, placeholder: Replace): unknown {
  if (typeof value === 'string') return withoutSecretsInText(value, key, placeholder)
  if (value === null) return null
  if (isSecretName(key)) return REDACTED
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(item => withoutSecrets(item, key, placeholder))
  const isPair = isSecretPair(value)
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      withoutSecretsInText(name, '', placeholder),
      isPair && name === 'value' ? REDACTED : withoutSecrets(item, name, placeholder),
    ]),
  )
}

/** Private characters, one for each placeholder. They hide it from the redaction of the rest. */
const FIRST_MARK = 0xf_0000
const MARK = /[\u{f0000}-\u{ffffd}]/gu

function withoutSecretsInText(text: string, key: string, placeholder: Replace): string {
  const parts = splitText(withoutUserInfo(text), key)
  const [first] = parts
  if (isSecretName(key) && text !== '' && (parts.length > 1 || first?.kind === undefined)) return REDACTED

  const placeholders = parts.map(({ kind, text: part }) => (kind === undefined ? part : placeholder(kind, part)))
  const marked = parts.map(({ kind, text: part }, nth) =>
    kind === undefined ? part : String.fromCodePoint(FIRST_MARK + nth),
  )
  return redactedText(marked.join('')).replaceAll(
    MARK,
    mark => placeholders[Number(mark.codePointAt(0)) - FIRST_MARK] ?? '',
  )
}

function isCredential(name: string): boolean {
  return isSecretName(name) || /^x-auth-/i.test(name)
}

function withoutCredentials(recording: Recording): Recording {
  return {
    ...recording,
    steps: recording.steps.map(step =>
      'request' in step ? { ...step, request: withoutCredential(step.request) } : step,
    ),
  }
}

function withoutCredential({ headers, ...request }: Exchange['request']): Exchange['request'] {
  const kept = Object.entries(headers ?? {}).filter(([name]) => !isCredential(name))
  return kept.length > 0 ? { ...request, headers: Object.fromEntries(kept) } : request
}
