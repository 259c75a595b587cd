/** A move of the clock says what fell due, and can be undone. */
import type { ClockMove } from '../../schemas/control/clock.ts'
import { timeOf } from '../parts/format.ts'
import { action, perform, say } from './act.ts'
import { asError } from './as-error.ts'
import { call } from './control.ts'
import { moveWords } from './move-words.ts'
import { go, href } from './route.ts'
import { nameOfTunnel, refresh } from './store.ts'
import { exactNow, millis } from './time.ts'
import { UNDO_SNAPSHOT } from './words.ts'

export async function moveTo(change: ClockMove): Promise<void> {
  const before = exactNow()
  try {
    await call('saveSnapshot', { name: UNDO_SNAPSHOT })
    const { now, happened } = await call('moveClock', change)
    say(moveWords(millis(now) - before, happened, nameOfTunnel), {
      offer: { label: 'Undo', run: () => void undo(before) },
    })
  } catch (cause) {
    const { message } = asError(cause)
    const offer = { label: 'Restore a snapshot', run: () => go(href(['snapshots'])) }
    say(message, { kind: 'failed', ...(/cannot go back/.test(message) && { offer }) })
  }
  refresh()
}

async function undo(before: number): Promise<void> {
  const done = await perform(action('restoreSnapshot', { name: UNDO_SNAPSHOT, keep: ['requests', 'faults'] }))
  if (done) say(`Back at ${timeOf(before)}.`)
}
