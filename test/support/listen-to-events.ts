import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import type { WorldEvent } from '../../schemas/control/event.ts'

/** Listens to the events of a world until the end of the test. */
export async function listenTo(controlUrl: string, lastId?: number | string, query = '') {
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const response = await fetch(`${controlUrl}/events${query}`, {
    headers: { accept: 'text/event-stream', ...(lastId !== undefined && { 'last-event-id': String(lastId) }) },
    signal: leaving.signal,
  })
  const body = Readable.from(response.body ?? []).on('error', () => {})
  const lines = createInterface({ input: body })[Symbol.asyncIterator]()

  /** The lines of one event; none when the stream has ended. */
  const nextBlock = async (): Promise<string[]> => {
    const block: string[] = []
    for (;;) {
      const { value, done } = await lines.next()
      if (done || value === '') return block
      block.push(value)
    }
  }
  /** The next `count` events, or fewer when the stream ends. */
  const next = async (count: number): Promise<WorldEvent[]> => {
    const events: WorldEvent[] = []
    while (events.length < count) {
      const [, , data] = await nextBlock()
      if (data === undefined) return events
      events.push(JSON.parse(data.slice('data: '.length)))
    }
    return events
  }
  return { response, next, nextBlock, leave: () => leaving.abort() }
}
