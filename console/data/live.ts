/** The events of the world, as they happen. */
import { batch, signal } from '@preact/signals'
import type { WorldEvent } from '../../schemas/control/event.ts'
import { connectWorker } from './connect-worker.ts'
import { OBSERVER } from './control.ts'
import type { ToWorker } from './messages.ts'
import { controlUrl } from './place.ts'
import type { LiveState } from './stream.ts'
import { token } from './token.ts'

export interface Live {
  readonly state: LiveState
  /** Milliseconds of `Date.now()`. */
  readonly since: number
  /** Why the server refuses. */
  readonly message?: string | undefined
}

const EVENTS_SHOWN = 1_000

export const live = signal<Live>({ state: 'connecting', since: Date.now() })

/** The latest events, the oldest first. */
export const events = signal<readonly WorldEvent[]>([])

type Listener = (event: WorldEvent | 'gap') => void
const listeners = new Set<Listener>()

/** Hears of each event, and of gaps, after which everything must be read again. */
export function onEvent(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

let waiting: WorldEvent[] = []

/** Events that come within one frame are applied together. */
function take(event: WorldEvent): void {
  waiting.push(event)
  if (waiting.length === 1) requestAnimationFrame(apply)
}

function apply(): void {
  const news = waiting
  waiting = []
  batch(() => {
    addEvents(news)
    for (const event of news) for (const listener of listeners) listener(event)
  })
}

/** Adds those that are new, in order. */
export function addEvents(more: readonly WorldEvent[]): void {
  const lastId = latestEventId()
  const news = more.filter(({ id }) => id > lastId)
  if (news.length > 0) events.value = [...events.value, ...news].slice(-EVENTS_SHOWN)
}

export function latestEventId(): number {
  return events.value.at(-1)?.id ?? 0
}

/** Makes every part of the page read the world again. */
export function tellGap(): void {
  for (const listener of listeners) listener('gap')
}

export function enter(state: LiveState, message?: string): void {
  if (live.value.state === state && live.value.message === message) return
  live.value = { state, since: Date.now(), message }
}

export function streamHeaders(): Record<string, string> {
  return { ...OBSERVER, ...(token.value !== undefined && { authorization: `Bearer ${token.value}` }) }
}

let latestId = 0
let stop: (() => void) | undefined

/** Follows the events after `id` while the tab is visible. */
export function followAfter(id: number): void {
  latestId = id
  stop?.()
  stop = typeof SharedWorker === 'undefined' ? followHere() : followInWorker()
}

/** Few browsers lack shared workers, so only they load this code into the page. */
function followHere(): () => void {
  const options = { url: controlUrl, headers: streamHeaders(), after: latestId }
  const following = import('./stream.ts').then(({ followEvents }) =>
    followEvents({ ...options, onEvent: take, onState: enter, onGap: tellGap }),
  )
  return () => void following.then(close => close())
}

/** Stops, and forgets the events. */
export function stopFollowing(): void {
  stop?.()
  stop = undefined
  latestId = 0
  events.value = []
  live.value = { state: 'connecting', since: Date.now() }
}

let port: MessagePort | undefined

function followInWorker(): () => void {
  port ??= connectWorker(data => {
    if ('event' in data) take(data.event)
    else if ('gap' in data) tellGap()
    else enter(data.state, data.message)
  })
  post({ follow: controlUrl, headers: streamHeaders(), after: latestId })
  return () => post({ leave: true })
}

function post(message: ToWorker): void {
  port?.postMessage(message)
}

document.addEventListener('visibilitychange', () => {
  if (stop === undefined) return
  if (document.hidden) {
    stop()
    return
  }
  // What happened meanwhile is read again.
  tellGap()
  followAfter(Math.max(latestEventId(), latestId))
})
addEventListener('pagehide', () => stop?.())
addEventListener('pageshow', event => {
  if (event instanceof PageTransitionEvent && event.persisted) followAfter(latestId)
})
