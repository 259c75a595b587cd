/** Which requests the list shows: all of it is in the hash. */
import type { RequestFilter, RequestSummary, StatusOrClass } from '../../../schemas/control/journal.ts'
import { isGuess } from '../../parts/labels.ts'

/** A switch above the list. Those that are on must all hold. */
export interface Switch {
  readonly name: 'failed' | 'unread' | 'fault' | 'guess'
  readonly label: string
  readonly holds: (entry: RequestSummary) => boolean
}

export const SWITCHES: readonly Switch[] = [
  { name: 'failed', label: 'Failed', holds: isFailed },
  { name: 'unread', label: 'Unread fields', holds: ({ unread_count }) => unread_count > 0 },
  { name: 'fault', label: 'Fault', holds: ({ fault_ids = [] }) => fault_ids.length > 0 },
  { name: 'guess', label: 'Guess', holds: ({ evidence }) => isGuess(evidence) },
]

/** Refused, or without a response. */
export function isFailed({ status }: Pick<RequestSummary, 'status'>): boolean {
  return status === null || status >= 400
}

export function switchesIn(query: URLSearchParams): readonly Switch[] {
  return SWITCHES.filter(({ name }) => query.has(name))
}

/** Whether an entry is shown: every switch holds, and it is not after the time cursor. */
export function shows(switches: readonly Switch[], until: number | undefined): (entry: RequestSummary) => boolean {
  return entry => switches.every(({ holds }) => holds(entry)) && (until === undefined || Date.parse(entry.at) <= until)
}

/** Parameters that links to the list carry, with the words for them. */
export const LINKED = {
  tunnel_id: 'tunnel',
  account_id: 'account',
  operation: 'operation',
  method: 'method',
  path: 'path',
  status: 'status',
} as const

export type LinkedName = keyof typeof LINKED

export const LINKED_NAMES = Object.keys(LINKED) as readonly LinkedName[]

/** What the server is asked for. */
export function filterIn(query: URLSearchParams): RequestFilter {
  const given = LINKED_NAMES.flatMap(name => {
    const value = query.get(name)
    return value === null ? [] : [[name, name === 'status' ? statusIn(value) : value]]
  })
  const find = query.get('find')
  return { ...Object.fromEntries(given), ...(find && { text: find }) }
}

function statusIn(text: string): StatusOrClass {
  return /^\d+$/.test(text) ? Number(text) : (text as StatusOrClass)
}
