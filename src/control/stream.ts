import type { FastifyReply, FastifyRequest } from 'fastify'
import type { WorldEvent } from '../../schemas/control/event.ts'
import { microsOf } from '../../schemas/time.ts'
import type { World } from '../world/world.ts'

/** Longest time between two looks at the clock of a world that a client listens to. */
const MAX_WAIT_MS = 250

/**
 * Sends the events of a world as server-sent events, from the one after `Last-Event-ID` on, until
 * the client leaves, the world is deleted or the server closes. A world runs its jobs only when it
 * is asked for the time, so the stream asks when a job is due.
 */
export function streamEvents(request: FastifyRequest, reply: FastifyReply): void {
  const { world, emulator, headers } = request
  reply.hijack()
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    // Without it the server could not close while the client keeps the connection.
    connection: 'close',
  })
  reply.raw.flushHeaders()

  const send = (event: WorldEvent): void => {
    reply.raw.write(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  }
  const lastId = headers['last-event-id']
  if (lastId !== undefined) for (const event of world.events.after(Number(lastId) || 0)) send(event)

  const unsubscribe = world.events.subscribe(send)
  const stopJobs = runJobsOf(
    () => (emulator.closing.aborted ? undefined : emulator.worlds.find(world.id)),
    () => reply.raw.end(),
  )
  reply.raw.once('close', () => {
    unsubscribe()
    stopJobs()
  })
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
