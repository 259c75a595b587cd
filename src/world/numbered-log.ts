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
  /** Only entries before the entry with this id. */
  readonly before?: number | undefined
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
  /** Undefined if there is no entry with this id, or no longer. */
  readonly find: (id: number) => Entry | undefined
  /** The id of the newest entry that there ever was; 0 if there was none. */
  readonly lastId: () => number
  /** The number of entries. */
  readonly size: () => number
  /** Returns the number of removed entries. New entries never reuse ids. */
  readonly clear: () => number
  readonly saved: () => SavedLog
}

/** A log whose world is not open. */
export interface SavedLog {
  readonly last_id: number
  /** One line each, oldest first. */
  readonly texts: readonly string[]
}

/**
 * Keeps `size` entries; 0 turns the log off. It stores entries as text, so callers cannot change
 * them.
 */
export function createNumberedLog<Entry extends Numbered, Filter extends Part>(
  size = DEFAULT_MAX_ENTRIES,
  matching: (filter: Filter) => (entry: Entry) => boolean,
  saved: SavedLog = { last_id: 0, texts: [] },
): NumberedLog<Entry, Filter> {
  const texts = createTextRing(size)
  let lastId = saved.last_id
  saved.texts.forEach(texts.add)

  /** Ids have no gaps, since the log drops only its oldest entries, or all. */
  const indexOf = (id: number): number => id - 1 - lastId + texts.size()
  const entryAt = (index: number): Entry | undefined => {
    const text = texts.at(index)
    return text === undefined ? undefined : JSON.parse(text)
  }

  return {
    isOn: size > 0,
    add: entry => {
      lastId += 1
      texts.add(JSON.stringify({ id: lastId, ...entry }))
      return lastId
    },
    list: filter => {
      if (!filter) return texts.list().map(text => JSON.parse(text))

      const { after, before, limit = Number.POSITIVE_INFINITY } = filter
      const isMatch = matching(filter)
      const first = Math.max(0, indexOf((after ?? 0) + 1))
      const end = before === undefined ? texts.size() : Math.min(texts.size(), indexOf(before))
      const found: Entry[] = []
      // Parses no more entries than it needs, from the end that the limit keeps.
      for (let count = 0; count < end - first && found.length < limit; count += 1) {
        const entry = entryAt(after === undefined ? end - 1 - count : first + count)
        if (entry && isMatch(entry)) found.push(entry)
      }
      return after === undefined ? found.reverse() : found
    },
    find: id => entryAt(indexOf(id)),
    lastId: () => lastId,
    size: texts.size,
    clear: () => {
      const removed = texts.size()
      texts.clear()
      return removed
    },
    saved: () => ({ last_id: lastId, texts: texts.list() }),
  }
}
