import { identityOf, type Kind } from './variable-parts.ts'

/**
 * Which received value corresponds to which recorded value. Two values that first appear in the
 * same place belong together from then on.
 */
export interface References {
  /** False if one of the two already corresponds to another value. */
  readonly link: (kind: Kind, recorded: string, got: string) => boolean
  /** The value to send instead of the recorded one. */
  readonly toSend: (kind: Kind, recorded: string) => string
  /** Labels to print: `[uuid 2]`, or `[another uuid]` for a value that has not appeared before. */
  readonly labelOfRecorded: (kind: Kind, text: string) => string
  readonly labelOfGot: (kind: Kind, text: string) => string
}

/** `account` replaces the first account of the recording; without it, that account stays. */
export function createReferences(account?: string): References {
  const gotFor = new Map<string, string>()
  const recordedFor = new Map<string, string>()
  const labels = new Map<string, string>()

  const link = (kind: Kind, recorded: string, got: string): boolean => {
    const [key, gotKey] = [identityOf(kind, recorded), identityOf(kind, got)]
    if (!gotFor.has(key) && !recordedFor.has(gotKey)) {
      const number = 1 + [...labels.keys()].filter(label => label.startsWith(`${kind} `)).length
      labels.set(key, `[${kind} ${number}]`)
      gotFor.set(key, got)
      recordedFor.set(gotKey, recorded)
    }
    return identityOf(kind, gotFor.get(key) ?? '') === gotKey
  }
  const labelOfRecorded = (kind: Kind, text: string): string =>
    labels.get(identityOf(kind, text)) ?? `[another ${kind}]`

  return {
    link,
    toSend: (kind, recorded) => {
      const isFirstAccount = kind === 'account' && ![...gotFor.keys()].some(key => key.startsWith('account '))
      const got = gotFor.get(identityOf(kind, recorded)) ?? (isFirstAccount ? account : undefined) ?? recorded
      link(kind, recorded, got)
      return got
    },
    labelOfRecorded,
    labelOfGot: (kind, text) => {
      const recorded = recordedFor.get(identityOf(kind, text))
      return recorded === undefined ? `[another ${kind}]` : labelOfRecorded(kind, recorded)
    },
  }
}
