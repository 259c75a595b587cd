/**
 * Holds one stream for each world that a visible tab shows, whatever the number of tabs: over
 * HTTP/1.1 a browser opens six connections to a server, and a stream takes one of them.
 */
import type { FromWorker, ToWorker } from './messages.ts'
import { followEvents, type LiveState, type StreamOptions } from './stream.ts'

interface Stream {
  readonly ports: Set<MessagePort>
  readonly close: () => void
  lastId: number
  state: LiveState
  message: string | undefined
}

const streams = new Map<string, Stream>()

// The types of a shared worker's own scope are not in the same library as those of a page.
const scope = globalThis as unknown as { onconnect: (event: MessageEvent) => void }

scope.onconnect = ({ ports: [port] }) => {
  if (!port) return
  port.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
    leave(port)
    if ('follow' in data) join(port, data)
  })
  // Browsers that know this event tell it when a tab crashed.
  port.addEventListener('close', () => leave(port))
  port.start()
}

function leave(port: MessagePort): void {
  for (const [key, { ports, close }] of streams) {
    if (!ports.delete(port) || ports.size > 0) continue
    close()
    streams.delete(key)
  }
}

function join(port: MessagePort, wanted: Extract<ToWorker, { follow: string }>): void {
  const { follow: url, headers, after, isOfAllWorlds = false } = wanted
  const key = `${url} ${isOfAllWorlds} ${headers.authorization ?? ''}`
  const known = streams.get(key)
  if (!known) {
    streams.set(key, openStream(key, port, { url, headers, after, isOfAllWorlds }))
    return
  }
  known.ports.add(port)
  send(port, { state: known.state, message: known.message })
  // The tab read the world before it joined, so it has what this stream has not sent yet.
  if (after < known.lastId) send(port, { gap: true })
}

function openStream(
  key: string,
  port: MessagePort,
  source: Pick<StreamOptions, 'url' | 'headers' | 'after' | 'isOfAllWorlds'>,
): Stream {
  const toAll = (message: FromWorker): void => {
    for (const one of streams.get(key)?.ports ?? []) send(one, message)
  }
  const stream: Stream = {
    ports: new Set([port]),
    lastId: source.after,
    state: 'connecting',
    message: undefined,
    close: followEvents({
      ...source,
      onEvent: event => {
        stream.lastId = event.id
        toAll({ event })
      },
      onState: (state, message) => {
        stream.state = state
        stream.message = message
        toAll({ state, message })
      },
      onGap: () => toAll({ gap: true }),
    }),
  }
  return stream
}

function send(port: MessagePort, message: FromWorker): void {
  port.postMessage(message)
}
