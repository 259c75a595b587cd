import type { JournalEntry, RequestFilter } from '../../../schemas/control/journal.ts'
import { type Kept, shown } from '../../gateway/redaction.ts'
import { createTextRoll } from './byte-ring.ts'

/** Entries that are kept unless told otherwise. */
const JOURNAL_SIZE = 1_000

/** What a request was about, and who asked. */
export type Asked = Pick<JournalEntry, 'operation' | 'method' | 'path' | 'account_id' | 'tunnel_id' | 'headers'>

/** How it went. */
export type Course = Pick<JournalEntry, 'at' | 'status' | 'duration_ms'>

/** What was sent and answered. Body and answer are read only for who looks at them. */
export interface Exchanged extends Pick<JournalEntry, 'query' | 'unread'> {
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

/** Our choice: so many entries in a row are kept as what differs from the one before, at most. */
const LONGEST_RUN = 100

/** What of an entry is often the same as in the one before, as JSON. */
interface Parts {
  readonly asked: string
  readonly body: Kept
  readonly answer: Kept
}

/** What hardly ever is. */
type Rest = Course & Pick<Exchanged, 'query' | 'unread'>

/** In the place of a part that is the same as in the entry before: who polls asks and gets the same over and over. No JSON is empty. */
const SAME = ''

const NO_PARTS: Parts = { asked: SAME, body: SAME, answer: SAME }

/** Of `size` entries; none at all turns the journal off. `settle` adds what is still to be added, before anybody looks. */
export function createJournal(size = JOURNAL_SIZE, settle: () => void = () => {}): Journal {
  const roll = createTextRoll(size + LONGEST_RUN)
  let lastId = 0
  let clearedId = 0
  let before = NO_PARTS
  let worded: { readonly asked: Asked; readonly text: string } | undefined
  const textOf = (asked: Asked): string => {
    if (worded?.asked !== asked) worded = { asked, text: JSON.stringify(asked) }
    return worded.text
  }
  const length = (): number => Math.min(size, lastId - clearedId)

  return {
    isOn: size > 0,
    add: (asked, { at, status, duration_ms }, { query, unread, body, answer }) => {
      const parts = { asked: textOf(asked), body, answer }
      const rest: Rest = { at, status, duration_ms, query, unread }
      const known = lastId % LONGEST_RUN === 0 ? NO_PARTS : before
      const differing = (part: keyof Parts): string => (parts[part] === known[part] ? SAME : parts[part])
      const kept = [differing('asked'), JSON.stringify(rest), differing('body'), differing('answer')]
      roll.add(kept.join(BETWEEN))
      before = parts
      lastId += 1
      return lastId
    },
    list: (filter = {}) => {
      settle()
      const texts = roll.latest(size + LONGEST_RUN)
      const firstId = lastId - length() + 1
      const entries = wholeOf(texts)
        .slice(texts.length - length())
        .map((parts, nth) => entryOf(firstId + nth, parts))
      return within(filter, entries.filter(matching(filter)))
    },
    clear: () => {
      settle()
      const forgotten = length()
      clearedId = lastId
      before = NO_PARTS
      roll.clear()
      return forgotten
    },
  }
}

function matching({ operation, method, path = '', account_id, tunnel_id, status, after = 0 }: RequestFilter) {
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
function within({ after, limit }: RequestFilter, entries: JournalEntry[]): JournalEntry[] {
  if (limit === undefined) return entries
  return after === undefined ? entries.slice(-limit) : entries.slice(0, limit)
}

/** With what they left out. What the first ones leaned on may be gone, and so are they for whoever asks. */
function wholeOf(texts: readonly string[]): (Parts & { readonly rest: string })[] {
  let before = NO_PARTS
  return texts.map(text => {
    const [asked, rest = '', body, answer] = text.split(BETWEEN)
    before = {
      asked: asked || before.asked,
      body: body || before.body,
      answer: answer || before.answer,
    }
    return { ...before, rest }
  })
}

function entryOf(id: number, { asked, rest, body, answer }: ReturnType<typeof wholeOf>[number]): JournalEntry {
  const { at, query, unread, ...outcome }: Rest = JSON.parse(rest)
  const { headers, ...request }: Asked = JSON.parse(asked)
  return {
    id,
    at,
    ...request,
    query,
    headers,
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
