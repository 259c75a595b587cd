import type { FastifyReply, FastifyRequest } from 'fastify'
import { openEventStream } from './event-stream.ts'

/** Our choice: how long the changes of many worlds are collected, so that a busy server sends little. */
const COLLECT_MS = 250

/** Nobody else may ask for a world, so the stream looks for those that were unused for too long. */
const LOOK_MS = 1_000

/**
 * Sends the ids of the worlds that were created, deleted or changed, as server-sent events, until
 * the client leaves or the server closes. It says nothing else: `listWorlds` has the rest. So there
 * is nothing to resume, and a client that connects again lists the worlds first.
 */
export function streamWorlds({ emulator }: FastifyRequest, reply: FastifyReply): void {
  const { worlds, closing } = emulator
  const changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  const send = (): void => {
    if (changed.size === 0 || !stream.isReading()) return
    stream.write(`event: worlds_changed\ndata: ${JSON.stringify({ world_ids: [...changed] })}\n\n`)
    changed.clear()
  }
  const note = (id: string): void => {
    changed.add(id)
    timer ??= setTimeout(() => {
      timer = undefined
      send()
    }, COLLECT_MS).unref()
  }
  const stream = openEventStream(reply, send)
  const stopWatching = worlds.watch(note)
  const stopMain = worlds
    .main()
    .events.subscribe(({ world_id = '' }) => note(world_id), ['world_created', 'world_deleted'])
  const looking = setInterval(() => worlds.ids(), LOOK_MS).unref()
  closing.addEventListener('abort', stream.end)
  stream.onClose(() => {
    clearTimeout(timer)
    clearInterval(looking)
    stopMain()
    stopWatching()
    closing.removeEventListener('abort', stream.end)
  })
}
