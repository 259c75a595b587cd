/** A short play on a copy of the world, so that the world itself stays as it is. */
import { signal } from '@preact/signals'
import { action, perform, say } from '../data/act.ts'
import { consoleUrl, world } from '../data/place.ts'
import { query, setQuery } from '../data/route.ts'
import { info } from '../data/store.ts'
import { spanOf } from '../parts/format.ts'
import { breakOne, bringBack } from './connector-acts.ts'

export const isTouring = signal(false)

/** What the tour says; undefined: nothing. */
export const tourCaption = signal<string | undefined>(undefined)

interface Step {
  readonly caption: string
  readonly run?: () => Promise<unknown>
}

const clock = (change: { freeze: true } | { resume: true } | { advance: string }) => () =>
  perform(action('moveClock', change))

/** The window is an option of the server. */
function stepsFor(pendingMs: number): readonly Step[] {
  const half = Math.ceil(pendingMs / 2)
  return [
    { caption: 'This is a copy of the world. Its time stands still.', run: clock({ freeze: true }) },
    { caption: 'A connector breaks. Its connections are pending: the edge waits for them.', run: breakOne },
    { caption: `${spanOf(half)} later, the edge still waits.`, run: clock({ advance: `${half}ms` }) },
    {
      caption: `After ${spanOf(pendingMs)} they expire. The tunnel has fewer connections.`,
      run: clock({ advance: `${half}ms` }),
    },
    { caption: 'The connector reconnects, and the connections are live again.', run: bringBack },
    { caption: 'Time runs again. Now it is your turn.', run: clock({ resume: true }) },
  ]
}

const STEP_MS = 5_000

/** In a copy it plays; elsewhere it makes the copy and goes there. */
export async function startTour(): Promise<void> {
  if (!query.value.has('tour') || world === undefined) {
    const copy = await perform(action('createWorld', { from: 'current' }))
    if (copy) location.assign(consoleUrl(copy.id, '#/?present=1&tour=1'))
    return
  }
  isTouring.value = true
  for (const { caption, run } of stepsFor(info.value?.pending_reconnect_ms ?? 0)) {
    if (!query.value.has('present')) break
    tourCaption.value = caption
    await run?.()
    await new Promise(resolve => setTimeout(resolve, STEP_MS))
  }
  tourCaption.value = undefined
  isTouring.value = false
  setQuery({ tour: undefined })
  say(`The tour played in the world ${world}, a copy.`)
}
