import { action, perform } from '../data/act.ts'
import { canAct } from '../data/store.ts'
import { clock, millis, now } from '../data/time.ts'
import { Button } from '../parts/button.tsx'
import { dateOf, spanOf, timeOf } from '../parts/format.ts'

const STEPS = ['10s', '1m', '5m', '1h'] as const

export function ClockBar() {
  const reading = clock.value
  const isFrozen = reading?.frozen === true
  const next = reading?.next_due ? millis(reading.next_due) : undefined
  const toggle = (): void => void perform(action('moveClock', isFrozen ? { resume: true } : { freeze: true }))
  return (
    <section class={`clock${isFrozen ? ' frozen' : ''}`} aria-label="Clock">
      {reading && (
        <>
          <p class="face">
            <span class="date">{dateOf(now.value)}</span> <time class="time">{timeOf(now.value)}</time>{' '}
            <span class="zone">UTC</span>
          </p>
          <p class="pill">{isFrozen ? 'frozen' : 'running'}</p>
          <span class="space" />
          <p class="due">
            {next === undefined ? (
              'nothing due'
            ) : (
              <>
                next due in <b>{spanOf(next - now.value)}</b>
              </>
            )}
          </p>
        </>
      )}
      <fieldset class="button-group" aria-label="Move the clock">
        <Button
          label={isFrozen ? 'Resume' : 'Freeze'}
          icon={isFrozen ? 'play' : 'pause'}
          isDisabled={!canAct.value}
          onPress={toggle}
        />
        {STEPS.map(step => (
          <Button
            key={step}
            label={`+${step}`}
            isDisabled={!canAct.value}
            onPress={() => void perform(action('moveClock', { advance: step }))}
          />
        ))}
        <Button
          label="Next event"
          icon="next"
          kind="primary"
          isDisabled={!canAct.value || !reading?.next_due}
          onPress={() => void (reading?.next_due && perform(action('moveClock', { set: reading.next_due })))}
        />
      </fieldset>
    </section>
  )
}
