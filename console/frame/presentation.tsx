/** For an audience: larger, without rail and activity, with a sentence for each event. */
import { computed, effect, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { WorldEvent } from '../../schemas/control/event.ts'
import { linesOf } from '../data/activity.ts'
import { captionOf } from '../data/captions.ts'
import { events } from '../data/live.ts'
import { move } from '../data/move.ts'
import { query } from '../data/route.ts'
import { canAct, overview, tunnelOf } from '../data/store.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { announce } from './announce.ts'
import { breakOne, bringBack, lostConnector } from './connector-acts.ts'
import { togglePresentation } from './presenting.ts'
import { isTouring, startTour, tourCaption } from './tour.ts'

const startedAfter = signal(Number.POSITIVE_INFINITY)

const caption = computed(() => {
  if (tourCaption.value !== undefined) return tourCaption.value
  const recent = events.value.filter(({ id }) => id > startedAfter.value)
  const said = linesOf(recent).flatMap(({ groups, tunnelId }) => {
    const text = captionOf(groups.flat(), tunnelId === undefined ? undefined : tunnelOf(tunnelId))
    return text === undefined ? [] : [{ text, first: groups[0]?.[0] }]
  })
  return withWhatFellDue(said) ?? 'Each line is a connection between a tunnel and a data center.'
})

interface Said {
  readonly text: string
  readonly first: WorldEvent | undefined
}

/** A move of the clock comes after what fell due, which is what an audience wants to hear. */
function withWhatFellDue([latest, before]: readonly Said[]): string | undefined {
  const start = latest?.first?.clock_before
  const isOfMove = start !== undefined && before?.first !== undefined && before.first.at > start
  return isOfMove ? `${latest?.text} ${before.text}` : latest?.text
}

effect(() => announce(caption.value))

export function Presentation() {
  useEffect(() => {
    startedAfter.value = overview.value?.event_id ?? 0
    if (query.value.has('tour') && !isTouring.value) void startTour()
  }, [])
  return (
    <section class="stage" aria-label="Presentation">
      <p class="caption" key={caption.value}>
        {caption.value}
      </p>
      <p class="row">
        <Button label="Break one" icon="unplug" isDisabled={!canAct.value} onPress={() => void breakOne()} />
        <Button
          label="Bring back"
          icon="plug"
          isDisabled={!canAct.value || !lostConnector.value}
          onPress={() => void bringBack()}
        />
        <Button label="+5 m" icon="next" isDisabled={!canAct.value} onPress={() => move({ advance: '5m' })} />
        <Button
          label={isTouring.value ? 'Tour runs' : 'Tour'}
          icon="play"
          isDisabled={!canAct.value || isTouring.value}
          onPress={() => void startTour()}
        />
        <button type="button" class="button quiet" onClick={togglePresentation}>
          <Icon name="close" />
          <span>End</span>
          <kbd>P</kbd>
        </button>
      </p>
    </section>
  )
}
