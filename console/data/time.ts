/** The time of the world, and the instant that the page looks at. */
import { computed, signal } from '@preact/signals'
import type { ClockReading } from '../../schemas/control/clock.ts'
import { query, setQuery } from './route.ts'

interface Reading extends ClockReading {
  /** Milliseconds of `performance.now()`. */
  readonly readAt: number
}

const reading = signal<Reading | undefined>(undefined)

/** The clock as the server last told it. */
export const clock = computed<ClockReading | undefined>(() => reading.value)

const tick = signal(0)

/** The time of the world, in milliseconds since 1970. Moves once a second. */
export const now = computed(() => {
  void tick.value
  return exactNow()
})

/** The time of the world at this moment. */
export function exactNow(): number {
  const { now: at, frozen, readAt } = reading.peek() ?? { now: '', frozen: true, readAt: 0 }
  return at === '' ? Date.now() : millis(at) + (frozen ? 0 : performance.now() - readAt)
}

export function setClock(next: ClockReading): void {
  reading.value = { ...next, readAt: performance.now() }
  tick.value += 1
}

/** The time cursor: a past instant that the page looks at; undefined: it looks at now. */
export const cursor = computed(() => {
  const at = query.value.get('at')
  const instant = at === null ? Number.NaN : Date.parse(at)
  return Number.isNaN(instant) ? undefined : instant
})

/** The instant that pages draw. */
export const instant = computed(() => cursor.value ?? now.value)

export function lookAt(at: number | undefined): void {
  setQuery({ at: at === undefined ? undefined : new Date(at).toISOString() })
}

/** Milliseconds since 1970 of a timestamp of the API. */
export function millis(timestamp: string): number {
  return Date.parse(timestamp)
}

function beat(): void {
  if (!document.hidden && reading.peek()?.frozen === false) tick.value += 1
  setTimeout(beat, 1_000 - (exactNow() % 1_000))
}
beat()
