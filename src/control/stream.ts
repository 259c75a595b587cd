import type { FastifyReply, FastifyRequest } from 'fastify'
import type { WorldEvent } from '../../schemas/control/event.ts'
import { microsOf } from '../../schemas/time.ts'
import type { Events } from '../world/events.ts'
import type { World } from '../world/world.ts'
import { openEventStream } from './event-stream.ts'

/** Longest time between two looks at the clock of a world that a client listens to. */
const MAX_WAIT_MS = 250

/**
 * Sends the events of a world as server-sent events, until the client leaves, the world is deleted
 * or the server closes. They begin after `Last-Event-ID`, or else after the event `after`, since a
 * browser repeats the URL when it connects again. A world runs its jobs only when it is asked for
 * the time, so the stream asks when a job is due.
 */
export function streamEvents(request: FastifyRequest, reply: FastifyReply, after?: number): void {
  const { world, emulator, headers } = request
  const lastId = headers['last-event-id']
  const first = lastId === undefined ? (after ?? world.events.lastId()) : idIn(lastId)
  const end = sendEvents(world.events, first, reply)
  const stopJobs = runJobsOf(() => (emulator.closing.aborted ? undefined : emulator.worlds.find(world.id)), end)
  reply.raw.once('close', stopJobs)
}

/** 0, from which all events follow, for anything but the id of an event. */
function idIn(lastEventId: string | string[]): number {
  return /^\d{1,15}$/.test(String(lastEventId)) ? Number(lastEventId) : 0
}

/**
 * Sends events while the client reads them. It then continues where it stopped, in the events that
 * the world keeps: so a client that does not read costs the buffer of its socket and no more.
 * Returns a function that ends the response after the last event.
 */
function sendEvents(events: Events, afterId: number, reply: FastifyReply): () => void {
  let lastId = afterId
  let isEnding = false
  const send = (): void => {
    let event = events.next(lastId)
    for (; event && stream.isReading(); event = events.next(lastId)) {
      const notice = event.id === lastId + 1 ? '' : missedText(lastId, event.id)
      stream.write(notice + textOf(event))
      lastId = event.id
    }
    if (isEnding && !event) stream.end()
  }
  const stream = openEventStream(reply, send)
  stream.onClose(events.subscribe(send))
  send()
  return () => {
    isEnding = true
    send()
  }
}

/** Tells a client that the world no longer has the events between these two. */
function missedText(last_id: number, next_id: number): string {
  return `event: missed\ndata: ${JSON.stringify({ last_id, next_id })}\n\n`
}

/** Made once for all listeners. */
const texts = new WeakMap<WorldEvent, string>()

function textOf(event: WorldEvent): string {
  const text = texts.get(event) ?? `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
  texts.set(event, text)
  return text
}

/**
 * Runs jobs when they are due until there is no world. Asks for the world each time, because a
 * reset replaces it.
 */
function runJobsOf(currentWorld: () => World | undefined, onEnd: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const run = (): void => {
    const world = currentWorld()
    if (!world) {
      onEnd()
      return
    }
    const now = world.now()
    const next = world.scheduler.next()
    const wait = next === undefined ? MAX_WAIT_MS : Math.ceil((microsOf(next) - microsOf(now)) / 1_000)
    timer = setTimeout(run, Math.min(Math.max(wait, 1), MAX_WAIT_MS)).unref()
  }
  run()
  return () => clearTimeout(timer)
}
