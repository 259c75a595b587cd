import { createTextRing } from './text-ring.ts'

/** The number of entries that a log keeps by default. */
const DEFAULT_MAX_ENTRIES = 1_000

interface Numbered {
  readonly id: number
}

/** Which entries a caller wants, besides what they have in them. */
interface Part {
  /** Only entries after the entry with this id. */
  readonly after?: number | undefined
  readonly limit?: number | undefined
}

/** The latest entries, each with a number. */
export interface NumberedLog<Entry extends Numbered, Filter extends Part> {
  /** False: `add` stores nothing, so callers need not create entries. */
  readonly isOn: boolean
  /** Returns the id of the new entry. */
  readonly add: (entry: Omit<Entry, 'id'>) => number
  /** Oldest first. With `after` and a limit, the oldest matches; with a limit alone the newest. */
  readonly list: (filter?: Filter) => Entry[]
  /** The number of entries. */
  readonly size: () => number
  /** Returns the number of removed entries. New entries never reuse ids. */
  readonly clear: () => number
}

/**
 * Keeps `size` entries; 0 turns the log off. It stores entries as text, so callers cannot change
 * them.
 */
export function createNumberedLog<Entry extends Numbered, Filter extends Part>(
  size = DEFAULT_MAX_ENTRIES,
  matching: (filter: Filter) => (entry: Entry) => boolean,
): NumberedLog<Entry, Filter> {
  const texts = createTextRing(size)
  let lastId = 0

  const all = (): Entry[] => texts.list().map(text => JSON.parse(text))

  return {
    isOn: size > 0,
    add: entry => {
      lastId += 1
      texts.add(JSON.stringify({ id: lastId, ...entry }))
      return lastId
    },
    list: filter => {
      if (!filter) return all()

      const { after = 0 } = filter
      const isMatch = matching(filter)
      return limited(
        filter,
        all().filter(entry => entry.id > after && isMatch(entry)),
      )
    },
    size: texts.size,
    clear: () => {
      const removed = texts.size()
      texts.clear()
      return removed
    },
  }
}

function limited<Entry>({ after, limit }: Part, entries: Entry[]): Entry[] {
  if (limit === undefined) return entries
  return after === undefined ? entries.slice(-limit) : entries.slice(0, limit)
}
