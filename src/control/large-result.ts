import { isObject } from '../../schemas/is-object.ts'
import { nextTurn, runInTurns, type Work } from '../worlds/turns.ts'

/**
 * A result that is read while it is sent. An iterable in it stands for a list, and is read once.
 */
export class LargeResult<Result> {
  /** The type that the content has as JSON. */
  declare readonly result: Result
  readonly content: object
  /** Call this when the content has been read, or will not be. */
  readonly release: () => void

  constructor(content: object, release: () => void) {
    this.content = content
    this.release = release
  }
}

/** Reads the whole content, for callers in this process. */
export async function readWhole({ content, release }: LargeResult<unknown>, world_id: string): Promise<unknown> {
  try {
    return await runInTurns(wholeOf(content), world_id)
  } finally {
    release()
  }
}

function* wholeOf(value: unknown): Work<unknown> {
  if (isIterable(value)) {
    const items = []
    for (const item of value) {
      items.push(item)
      yield
    }
    return items
  }
  if (!isObject(value)) return value

  const members: [string, unknown][] = []
  for (const [key, member] of Object.entries(value)) members.push([key, yield* wholeOf(member)])
  return Object.fromEntries(members)
}

/** A chunk takes some milliseconds to read. */
const CHUNK_LENGTH = 64 * 1024

/** The content as JSON text. */
export async function* jsonChunksOf({ content }: LargeResult<unknown>, world_id: string): AsyncGenerator<string> {
  let text = ''
  for (const piece of jsonPiecesOf(content)) {
    text += piece
    if (text.length < CHUNK_LENGTH) continue
    yield text
    text = ''
    await nextTurn(world_id)
  }
  yield text
}

function* jsonPiecesOf(value: unknown): Generator<string> {
  if (isIterable(value)) {
    yield '['
    let separator = ''
    for (const item of value) {
      yield separator + JSON.stringify(item)
      separator = ','
    }
    yield ']'
  } else if (isObject(value)) {
    yield '{'
    let separator = ''
    for (const [key, member] of Object.entries(value)) {
      yield `${separator}${JSON.stringify(key)}:`
      yield* jsonPiecesOf(member)
      separator = ','
    }
    yield '}'
  } else yield JSON.stringify(value)
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}
