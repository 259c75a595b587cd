import type { Readable } from 'node:stream'
import { JSONParser } from '@streamparser/json'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { Operation } from '../../schemas/control/operation.ts'
import { OPERATIONS, type OperationName } from '../../schemas/control/operations.ts'
import { runInTurns, type Work } from '../worlds/turns.ts'

const MIB = 1024 * 1024

/** The maximum size of a body, in bytes. */
export function bodyLimitOf(name: OperationName | undefined): number {
  const { max_body_mib = 1 }: Partial<Operation> = name ? OPERATIONS[name] : {}
  return max_body_mib * MIB
}

function tooLarge(limit: number): ControlError {
  return new ControlError('invalid', `the body is larger than ${limit / MIB} MiB, which is the limit here`, {
    status: 413,
  })
}

interface BodyOptions {
  /** The world that the request is about. */
  readonly world_id: string
  readonly content_length: string | undefined
  /** In bytes. */
  readonly limit: number
}

/**
 * Parses JSON in turns with other requests, since a large state takes seconds. Returns undefined
 * for an empty body. Throws a ControlError for text that is not JSON.
 */
export async function readJson(payload: Readable, { world_id, content_length, limit }: BodyOptions): Promise<unknown> {
  if (Number(content_length) > limit) throw tooLarge(limit)

  const chunks = await chunksOf(payload, limit)
  return chunks.length === 0 ? undefined : runInTurns(parsed(chunks), world_id)
}

function* parsed(chunks: readonly Buffer[]): Work<unknown> {
  const parser = createParser()
  for (const slice of chunks.flatMap(slicesOf)) {
    parser.write(slice)
    yield
  }
  return parser.end()
}

/** Waits for the whole body first, because a request must arrive in time. */
async function chunksOf(payload: Readable, limit: number): Promise<readonly Buffer[]> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of payload.iterator({ destroyOnReturn: false })) {
    length += chunk.length
    if (length > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return chunks
}

const SLICE_LENGTH = 16 * 1024

function slicesOf(chunk: Uint8Array): readonly Uint8Array[] {
  const count = Math.ceil(chunk.length / SLICE_LENGTH)
  return Array.from({ length: count }, (_slice, index) =>
    chunk.subarray(index * SLICE_LENGTH, (index + 1) * SLICE_LENGTH),
  )
}

/** Says what is wrong, without the words of the parser for its own state. */
function explain({ message }: Error): string {
  if (message.includes(' ended in ')) return 'it ends too early'

  const [, what, position] = /^Unexpected (.+?)(?: at .+absolute position "(\d+)"\))? in state/s.exec(message) ?? []
  return what === undefined ? message : `unexpected ${what}${position === undefined ? '' : ` at byte ${position}`}`
}

/** Reports only the first error, since the others follow from it. */
function createParser() {
  const parser = new JSONParser({ paths: ['$'], keepStack: false })
  let [result, problem]: [{ readonly value: unknown } | undefined, Error | undefined] = [undefined, undefined]
  parser.onValue = ({ value }) => {
    result = { value }
  }
  parser.onError = error => {
    problem ??= error
  }
  const requireNoProblem = (): void => {
    if (problem) throw new ControlError('invalid', `the body is not valid JSON: ${explain(problem)}`)
  }
  return {
    write: (slice: Uint8Array): void => {
      parser.write(slice)
      requireNoProblem()
    },
    end: (): unknown => {
      if (!parser.isEnded) parser.end()
      requireNoProblem()
      if (!result) throw new ControlError('invalid', 'the body is not valid JSON: it ends too early')
      return result.value
    },
  }
}
