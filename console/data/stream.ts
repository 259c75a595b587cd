/** Follows the events of one world over `fetch`, since an EventSource cannot send a token. */
import type { WorldEvent } from '../../schemas/control/event.ts'

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'refused'

export interface StreamOptions {
  /** The URL of the control plane of the world. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Events follow after the event with this id. */
  readonly after: number
  /** Only gaps follow: one whenever any world of the server changed. */
  readonly isOfAllWorlds?: boolean | undefined
  onEvent(event: WorldEvent): void
  /** `message` is the refusal of the server, word for word. */
  onState(state: LiveState, message?: string): void
  /** Events are missing: read the world again. */
  onGap(): void
}

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5_000

/** Longer than two heartbeats of the server: the connection is dead. */
const SILENCE_MS = 40_000

/** Connects again until it is closed. Returns the function that closes it. */
export function followEvents(options: StreamOptions): () => void {
  const closing = new AbortController()
  void follow(options, closing.signal)
  return () => closing.abort()
}

async function follow(options: StreamOptions, closed: AbortSignal): Promise<void> {
  let after = options.after
  let wait = FIRST_WAIT_MS
  while (!closed.aborted) {
    try {
      const response = await open(options, after, closed)
      if ([403, 404, 410].includes(response.status)) {
        options.onState('refused', await refusalOf(response))
        return
      }
      if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
      options.onState('live')
      wait = FIRST_WAIT_MS
      for await (const message of messagesIn(response.body)) {
        if (message.event === 'missed' || message.event === 'worlds_changed') options.onGap()
        else {
          const event = JSON.parse(message.data) as WorldEvent
          after = event.id
          options.onEvent(event)
        }
      }
    } catch {
      // The server is away, or the page is closed.
    }
    if (closed.aborted) return
    options.onState('reconnecting')
    await sleep(wait)
    wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    after = await idToContinueAfter(options, after, closed)
  }
}

async function open(
  { url, headers, isOfAllWorlds }: StreamOptions,
  after: number,
  closed: AbortSignal,
): Promise<Response> {
  return fetch(`${url}/events?${isOfAllWorlds ? 'worlds=all' : `after=${after}`}`, {
    headers: { ...headers, accept: 'text/event-stream' },
    signal: closed,
    cache: 'no-store',
  })
}

/** A server that started again counts its events from one. */
async function idToContinueAfter(options: StreamOptions, after: number, closed: AbortSignal): Promise<number> {
  try {
    const response = await fetch(`${options.url}/clock`, { headers: options.headers, signal: closed })
    const latest = Number(response.headers.get('mockflared-event'))
    if (response.ok) options.onGap()
    return response.ok && latest < after ? latest : after
  } catch {
    return after
  }
}

async function refusalOf(response: Response): Promise<string> {
  const text = await response.text()
  try {
    return String(JSON.parse(text).error.message)
  } catch {
    return text
  }
}

interface Message {
  readonly event: string
  readonly data: string
}

async function* messagesIn(body: ReadableStream<Uint8Array>): AsyncGenerator<Message> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await withinSilence(reader)
    if (done) return
    text += decoder.decode(value, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const message = messageIn(block)
      if (message) yield message
    }
  }
}

/** A heartbeat is a comment, which holds no data. */
function messageIn(block: string): Message | undefined {
  const fields = new Map(
    block.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )
  const data = fields.get('data')
  return data === undefined ? undefined : { event: fields.get('event') ?? '', data }
}

async function withinSilence(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('silence'))
      void reader.cancel()
    }, SILENCE_MS)
  })
  try {
    return await Promise.race([reader.read(), silence])
  } finally {
    clearTimeout(timer)
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
