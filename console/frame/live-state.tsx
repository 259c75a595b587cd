/** Whether what the page shows is live, as a shape and a word. */
import { effect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { player } from '../data/control.ts'
import { live } from '../data/live.ts'
import type { LiveState } from '../data/stream.ts'
import { spanOf } from '../parts/format.ts'
import { Icon } from '../parts/icon.tsx'

const WORDS: Readonly<Record<LiveState, string>> = {
  connecting: 'connecting',
  live: 'live',
  reconnecting: 'reconnecting',
  refused: 'refused',
}

/** A short interruption is not worth a word. */
const NOTICED_AFTER_MS = 1_000

export function LiveChip({ isQuietWhenLive }: { isQuietWhenLive?: boolean }) {
  const { state, since } = live.value
  const age = useAge(since, state !== 'live')
  if (player.value) return isQuietWhenLive ? null : <span class="live">recording</span>
  if (isQuietWhenLive && (state === 'live' || age < NOTICED_AFTER_MS)) return null
  return (
    <span class={`live ${state}`}>
      {state === 'refused' ? <Icon name="lock" size={13} /> : <Dot state={state} />}
      <span>{WORDS[state]}</span>
      {state !== 'live' && age >= NOTICED_AFTER_MS && <time>{spanOf(age)}</time>}
    </span>
  )
}

/** Round while live, square otherwise. */
function Dot({ state }: { state: LiveState }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      {state === 'live' ? <circle cx="5" cy="5" r="4" /> : <rect x="1" y="1" width="8" height="8" />}
    </svg>
  )
}

/** Milliseconds since, counted once a second. */
function useAge(since: number, isCounting: boolean): number {
  const [, count] = useState(0)
  useEffect(() => {
    if (!isCounting) return
    const timer = setInterval(() => count(number => number + 1), 1_000)
    return () => clearInterval(timer)
  }, [isCounting])
  return Date.now() - since
}

/** Figures that are no longer live are grey. */
effect(() => {
  document.documentElement.dataset.live = live.value.state
})
