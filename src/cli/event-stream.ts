/** The events of a server as it sends them (server-sent events). */
import { setTimeout as pause } from 'node:timers/promises'
import type { WorldEvent } from '../../schemas/control/event.ts'
import { type ClientOptions, createControlClient } from '../client.ts'
import type { CliHost } from './host.ts'

/** Time between two attempts to connect again. */
const RETRY_MS = 1_000

/**
 * Yields events until the process is told to stop: those after the event `after`, or else those
 * from now on. Continues after the last event when the connection is lost. Rejects if no server
 * answers at first, or if it refuses.
 */
export async function* followEvents(
  server: ClientOptions,
  { onStop, printError }: Pick<CliHost, 'onStop' | 'printError'>,
  after?: number,
): AsyncGenerator<WorldEvent> {
  const stopping = new AbortController()
  onStop(() => stopping.abort())
  const { signal } = stopping
  const known = await createControlClient(server).listEvents(after === undefined ? {} : { after })
  let lastId = after ?? known.at(-1)?.id ?? 0
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      for await (const event of eventsOf(await openStream(server, lastId, signal))) {
        attempt = 1
        lastId = event.id
        yield event
      }
    } catch (error) {
      if (signal.aborted) return
      if (!isLostConnection(error)) throw error
    }
    if (attempt === 1) printError(`mockflared: lost the connection to ${server.url}; trying again`)
    else await pause(RETRY_MS, undefined, { signal }).catch(() => {})
  }
}

/** `fetch` rejects with a TypeError when no server answers, or the connection breaks. */
function isLostConnection(error: unknown): boolean {
  return error instanceof TypeError
}

async function openStream({ url, world, token }: ClientOptions, lastId: number, signal: AbortSignal) {
  const path = `${world === undefined ? '' : `/w/${encodeURIComponent(world)}`}/_mockflared/events`
  const response = await fetch(`${url}${path}`, {
    headers: {
      accept: 'text/event-stream',
      'last-event-id': String(lastId),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    signal,
  })
  if (!response.ok || !response.body) throw new Error(`${url}${path} answered ${response.status}`)
  return response.body
}

/** A message ends with an empty line; its data is the event. Skips messages without an id. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<WorldEvent> {
  let text = ''
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const messages = `${text}${chunk}`.split('\n\n')
    text = messages.pop() ?? ''
    for (const message of messages) {
      const data = message.startsWith('id: ') ? /^data: (.*)$/m.exec(message)?.[1] : undefined
      if (data !== undefined) yield JSON.parse(data)
    }
  }
}
