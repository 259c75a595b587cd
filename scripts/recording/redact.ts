import type { Exchange, Recording } from '../../schemas/recording.ts'
import { identityOf, type Kind, replaced } from './parts.ts'
import { opened } from './tokens.ts'

/**
 * A recording without secrets, ids of accounts and tunnels, addresses and e-mails. In the place of each stands a made-up one
 * of the same form, the same for the same, so that it replays as before. Times, names and hostnames stay.
 */
export function redactedRecording(recording: Recording): Recording {
  const numbers = new Map<string, number>()
  const numberOf = (kind: Kind, text: string): number => {
    const known = numbers.get(identityOf(kind, text))
    if (known !== undefined) return known

    const next = 1 + [...numbers.keys()].filter(key => key.startsWith(`${kind} `)).length
    numbers.set(identityOf(kind, text), next)
    return next
  }
  const standIn = (kind: Kind, text: string): string =>
    kind === 'token' ? tokenFor(text, numberOf(kind, text), standIn) : STAND_INS[kind](numberOf(kind, text), text)

  return replaced(withoutCredentials(recording), standIn)
}

function padded(number: number, width: number): string {
  return String(number).padStart(width, '0')
}

const STAND_INS: Readonly<Record<Exclude<Kind, 'token'>, (number: number, text: string) => string>> = {
  account: number => padded(number, 32),
  uuid: number => `00000000-0000-4000-8000-${padded(number, 12)}`,
  time: (_number, text) => text,
  secret: (number, text) => btoa(`redacted secret ${number}`.padEnd(Buffer.from(text, 'base64').length, '.')),
  address: number => `192.0.2.${number}`,
  email: number => `person${number}@example.com`,
}

/** A token of the same form, with what is in it redacted as well; one that nobody can open is gone altogether. */
function tokenFor(text: string, number: number, standIn: (kind: Kind, text: string) => string): string {
  const token = opened(text)
  return token ? token.sealed(replaced(token.content, standIn), `redacted${number}`) : `redacted-token-${number}`
}

const CREDENTIAL = /^(authorization|cookie|x-auth-.*)$/i

function withoutCredentials(recording: Recording): Recording {
  return {
    ...recording,
    steps: recording.steps.map(step => ('request' in step ? { ...step, request: unsigned(step.request) } : step)),
  }
}

function unsigned({ headers, ...request }: Exchange['request']): Exchange['request'] {
  const kept = Object.entries(headers ?? {}).filter(([name]) => !CREDENTIAL.test(name))
  return kept.length > 0 ? { ...request, headers: Object.fromEntries(kept) } : request
}
