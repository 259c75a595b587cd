import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ClockMove } from '../../schemas/control/clock.ts'
import { asError } from '../data/as-error.ts'
import { CLOCK_EXAMPLES, moveIn } from '../data/clock-input.ts'
import { exactNow } from '../data/time.ts'
import { isTyping } from './typing.ts'

/** A span or a time to type. A text that is neither stays, with the reason below it. */
export function ClockField({ onMove }: { onMove: (move: ClockMove) => void }) {
  const problem = useSignal<string | undefined>(undefined)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])

  const leave = (): void => {
    isTyping.value = false
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.face')?.focus())
  }
  const submit = (event: Event): void => {
    event.preventDefault()
    try {
      onMove(moveIn(field.current?.value ?? '', exactNow()))
      leave()
    } catch (cause) {
      problem.value = asError(cause).message
    }
  }
  return (
    <form class="face-form" onSubmit={submit}>
      <label class="off-screen" for="clock-field">
        A time or a span
      </label>
      <input
        ref={field}
        id="clock-field"
        type="text"
        autocomplete="off"
        placeholder={CLOCK_EXAMPLES}
        aria-invalid={problem.value !== undefined}
        aria-describedby={problem.value === undefined ? undefined : 'clock-problem'}
        onKeyDown={event => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          leave()
        }}
      />
      <button type="submit" class="button primary">
        Set
      </button>
      {problem.value !== undefined && (
        <p class="face-problem" id="clock-problem" role="alert">
          {problem.value}
        </p>
      )}
    </form>
  )
}
