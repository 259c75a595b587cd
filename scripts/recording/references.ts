import { identityOf, type Kind } from './parts.ts'

/** Which id of the replay goes with which of the recording; the first ones that are met together belong together. */
export interface References {
  /** False when one of the two already goes with another. */
  readonly link: (kind: Kind, recorded: string, got: string) => boolean
  /** What to send in the place of what was recorded. */
  readonly sent: (kind: Kind, recorded: string) => string
  /** Names to print: `[uuid 2]`, or `[another uuid]` for one that was not met before. */
  readonly nameOfRecorded: (kind: Kind, text: string) => string
  readonly nameOfGot: (kind: Kind, text: string) => string
}

/** `account`: what the first account of the recording is here; undefined: the same. */
export function createReferences(account?: string): References {
  const gotFor = new Map<string, string>()
  const recordedFor = new Map<string, string>()
  const names = new Map<string, string>()

  const link = (kind: Kind, recorded: string, got: string): boolean => {
    const [key, gotKey] = [identityOf(kind, recorded), identityOf(kind, got)]
    if (!gotFor.has(key) && !recordedFor.has(gotKey)) {
      const number = 1 + [...names.keys()].filter(known => known.startsWith(`${kind} `)).length
      names.set(key, `[${kind} ${number}]`)
      gotFor.set(key, got)
      recordedFor.set(gotKey, recorded)
    }
    return identityOf(kind, gotFor.get(key) ?? '') === gotKey
  }
  const nameOfRecorded = (kind: Kind, text: string): string => names.get(identityOf(kind, text)) ?? `[another ${kind}]`

  return {
    link,
    sent: (kind, recorded) => {
      const isFirstAccount = kind === 'account' && ![...gotFor.keys()].some(key => key.startsWith('account '))
      const got = gotFor.get(identityOf(kind, recorded)) ?? (isFirstAccount ? account : undefined) ?? recorded
      link(kind, recorded, got)
      return got
    },
    nameOfRecorded,
    nameOfGot: (kind, text) => {
      const recorded = recordedFor.get(identityOf(kind, text))
      return recorded === undefined ? `[another ${kind}]` : nameOfRecorded(kind, recorded)
    },
  }
}
