/** The one live region: what people who do not see the page hear. */
import { effect, signal } from '@preact/signals'
import { notices } from '../data/act.ts'

export const announced = signal('')

/** More often, a screen reader would never finish a sentence. */
const PAUSE_MS = 5_000

let waiting: string | undefined
let isPausing = false

/** Of sentences within five seconds, the first and the last are said. */
export function announce(text: string): void {
  if (isPausing) {
    waiting = text
    return
  }
  announced.value = text
  isPausing = true
  setTimeout(() => {
    isPausing = false
    const next = waiting
    waiting = undefined
    if (next !== undefined) announce(next)
  }, PAUSE_MS)
}

effect(() => {
  const latest = notices.value.at(-1)
  if (latest) announce(latest.text)
})
