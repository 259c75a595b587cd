import type { FastifyReply, FastifyRequest } from 'fastify'
import type { WorldEvent } from '../../schemas/control/event.ts'
import { microsOf } from '../../schemas/time.ts'
import type { World } from '../world/world.ts'

/** Longest time between two looks at a world that somebody listens to, in milliseconds. */
const LOOK_EVERY_MS = 250

/**
 * Server-sent events of a world, from the one after `Last-Event-ID` on, until the client leaves, the world is deleted or the
 * server closes. Nothing ticks in a world; while somebody listens, its agenda is looked at when the next item is due.
 */
export function streamEvents(request: FastifyRequest, reply: FastifyReply, present: () => World | undefined): void {
  const { events } = request.world
  const { closing } = request.site
  reply.hijack()
  // A kept connection would hold up a server that closes.
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'close' }
  reply.raw.writeHead(200, headers)
  reply.raw.flushHeaders()

  const send = (event: WorldEvent): void => {
    reply.raw.write(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  }
  const lastId = request.headers['last-event-id']
  if (lastId !== undefined) for (const event of events.after(Number(lastId) || 0)) send(event)

  const unsubscribe = events.subscribe(send)
  const stopLooking = lookOn(
    () => (closing.aborted ? undefined : present()),
    () => reply.raw.end(),
  )
  reply.raw.once('close', () => {
    unsubscribe()
    stopLooking()
  })
}

/** A reset puts another world in the place of the one that was listened to, so it is asked for anew at every look. */
function lookOn(present: () => World | undefined, end: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const look = (): void => {
    const world = present()
    if (!world) {
      end()
      return
    }
    const now = world.now()
    const next = world.agenda.next()
    const wait = next === undefined ? LOOK_EVERY_MS : Math.ceil((microsOf(next) - microsOf(now)) / 1_000)
    timer = setTimeout(look, Math.min(Math.max(wait, 1), LOOK_EVERY_MS)).unref()
  }
  look()
  return () => clearTimeout(timer)
}
