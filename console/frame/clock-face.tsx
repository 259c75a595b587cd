import type { ClockMove } from '../../schemas/control/clock.ts'
import { canAct } from '../data/store.ts'
import { now } from '../data/time.ts'
import { dateOf, timeOf } from '../parts/format.ts'
import { lazy } from '../parts/lazy.tsx'
import { isTyping } from './typing.ts'

interface ClockFaceProps {
  readonly onMove: (move: ClockMove) => void
}

const ClockField = lazy(async () => (await import('./clock-field.tsx')).ClockField)

/** The time of the world. A press, or the key `t`, turns it into a field. */
export function ClockFace({ onMove }: ClockFaceProps) {
  if (isTyping.value) return <ClockField onMove={onMove} />
  return (
    <button
      type="button"
      class="face"
      disabled={!canAct.value}
      title="Type a time or a span (t)"
      onClick={() => {
        isTyping.value = true
      }}
    >
      <span class="off-screen">Set the clock, now</span>
      <span class="date">{dateOf(now.value)}</span>
      <time class="time">{timeOf(now.value)}</time>
      <span class="utc">UTC</span>
    </button>
  )
}
