import { useSignal } from '@preact/signals'
import type { ClockMove } from '../../schemas/control/clock.ts'
import { type Action, action } from '../data/act.ts'
import { player } from '../data/control.ts'
import { move } from '../data/move.ts'
import { canAct, due, isWatching, nameOfTunnel } from '../data/store.ts'
import { clock, millis, now } from '../data/time.ts'
import { dueWords } from '../data/words.ts'
import { Button } from '../parts/button.tsx'
import { CopyMenu } from '../parts/copy-menu.tsx'
import { spanOf, visible } from '../parts/format.ts'
import { ClockFace } from './clock-face.tsx'

const STEPS = ['10s', '1m', '5m', '1h'] as const

/** The copy menu offers the latest move that was made here. */
export function ClockBar() {
  const latest = useSignal<ClockMove>({ advance: '5m' })
  const reading = clock.value
  const isFrozen = reading?.frozen === true
  const makeMove = (change: ClockMove): void => {
    latest.value = change
    move(change)
  }
  const moves = [
    isFrozen
      ? ({ label: 'Resume', icon: 'play', change: { resume: true } } as const)
      : ({ label: 'Freeze', icon: 'pause', change: { freeze: true } } as const),
    ...STEPS.map(step => ({ label: `+${step}`, change: { advance: step } })),
    {
      label: 'Next event',
      icon: 'next',
      kind: 'primary',
      change: reading?.next_due ? { set: reading.next_due } : undefined,
    } as const,
  ]
  return (
    <section class={`clock${isFrozen ? ' frozen' : ''}`} aria-label="Clock">
      {reading && (
        <>
          <ClockFace onMove={makeMove} />
          <p class="pill">
            {player.value ? 'recorded' : isFrozen ? 'frozen' : 'running'}
            {!player.value && <span class="wide"> · {difference(now.value)}</span>}
          </p>
          <span class="space" />
          <NextDue />
        </>
      )}
      {!isWatching.value && (
        <fieldset class="button-group moves" aria-label="Move the clock">
          {moves.map(({ change, ...button }) => (
            <Button
              key={button.label}
              {...button}
              isDisabled={!canAct.value || change === undefined}
              {...(change && { copied: action('moveClock', change) as Action })}
              onPress={() => change && makeMove(change)}
            />
          ))}
          <CopyMenu action={action('moveClock', latest.value) as Action} of={nameOf(latest.value)} />
        </fieldset>
      )}
    </section>
  )
}

function nameOf({ advance, set, freeze }: ClockMove): string {
  if (advance !== undefined) return `+${advance}`
  if (set !== undefined) return `Set to ${set}`
  return freeze ? 'Freeze' : 'Resume'
}

/** A second of difference is the way of the reading to the page. */
function difference(at: number): string {
  const ms = at - Date.now()
  return Math.abs(ms) < 1_500 ? 'machine time' : `${spanOf(ms)} ${ms > 0 ? 'ahead' : 'behind'}`
}

function NextDue() {
  const [next] = due.value
  if (!next) return <p class="due">nothing due</p>
  return (
    <p class="due">
      <span>
        next due in <b>{spanOf(Math.max(0, millis(next.at) - now.value))}</b>
      </span>
      <span class="what cut">
        {next.tunnel_id && `${visible(nameOfTunnel(next.tunnel_id))}: `}
        {dueWords(next)}
      </span>
    </p>
  )
}
