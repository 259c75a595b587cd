import type { JournalEntry, RequestFilter } from '../../schemas/control/journal.ts'
import { type Kept, shown } from '../domain/redaction.ts'
import { createTextRoll } from './text-roll.ts'

/** Entries that are kept unless told otherwise. */
export const JOURNAL_SIZE = 1_000

/** What a request asked. */
export type Asked = Pick<
  JournalEntry,
  'operation' | 'method' | 'path' | 'account_id' | 'tunnel_id' | 'query' | 'headers' | 'unread'
>

/** How it went. */
export type Course = Pick<JournalEntry, 'at' | 'status' | 'duration_ms'>

/** What was sent and answered. It is read only for who looks at it. */
interface Exchanged {
  readonly body: Kept
  readonly answer: Kept
}

/** What a world was asked and what it answered, the latest so many. Nobody puts a secret in. */
export interface Journal {
  /** False: nothing is kept, so there is nothing to be made ready for it. */
  readonly isOn: boolean
  /** The id that the entry got. The very same `asked` is put into words once. */
  readonly add: (asked: Asked, course: Course, exchanged: Exchanged) => number
  /** The newest last. */
  readonly list: (filter?: RequestFilter) => JournalEntry[]
  /** How many there were; ids go on. */
  readonly clear: () => number
}

/** No JSON has it. */
const BETWEEN = '\0'

/** Of `size` entries; none at all turns the journal off. `settle` adds what is still to be added, before anybody looks. */
export const createJournal = (size = JOURNAL_SIZE, settle: () => void = () => {}): Journal => {
  const roll = createTextRoll(size)
  let lastId = 0
  let clearedId = 0
  let last: { readonly asked: Asked; readonly text: string } | undefined
  const textOf = (asked: Asked): string => {
    if (last?.asked !== asked) last = { asked, text: JSON.stringify(asked) }
    return last.text
  }
  const length = (): number => Math.min(size, lastId - clearedId)

  return {
    isOn: size > 0,
    add: (asked, course, { body, answer }) => {
      roll.add([textOf(asked), JSON.stringify(course), body, answer].join(BETWEEN))
      lastId += 1
      return lastId
    },
    list: (filter = {}) => {
      settle()
      const firstId = lastId - length() + 1
      const entries = roll.latest(length()).map((text, nth) => entryOf(firstId + nth, text.split(BETWEEN)))
      return within(filter, entries.filter(matching(filter)))
    },
    clear: () => {
      settle()
      const forgotten = length()
      clearedId = lastId
      roll.clear()
      return forgotten
    },
  }
}

const matching = ({ operation, method, path = '', account_id, tunnel_id, status, after = 0 }: RequestFilter) => {
  const is = (wanted: unknown, actual: unknown): boolean => wanted === undefined || wanted === actual
  const [verb, account, tunnel] = [method?.toUpperCase(), account_id?.toLowerCase(), tunnel_id?.toLowerCase()]

  return (entry: JournalEntry): boolean =>
    entry.id > after &&
    is(operation, entry.operation) &&
    is(verb, entry.method) &&
    is(account, entry.account_id) &&
    is(tunnel, entry.tunnel_id) &&
    is(status, entry.status) &&
    entry.path.startsWith(path)
}

/** Who goes on from an entry wants the next ones, anybody else the newest. */
const within = ({ after, limit }: RequestFilter, entries: JournalEntry[]): JournalEntry[] => {
  if (limit === undefined) return entries
  return after === undefined ? entries.slice(-limit) : entries.slice(0, limit)
}

const entryOf = (id: number, [asked = '', course = '', body = '', answer = '']: readonly string[]): JournalEntry => {
  const { unread, ...request }: Asked = JSON.parse(asked)
  const { at, ...outcome }: Course = JSON.parse(course)
  return {
    id,
    at,
    ...request,
    get body() {
      return shown(body)
    },
    ...outcome,
    get answer() {
      return shown(answer)
    },
    unread,
  }
}
