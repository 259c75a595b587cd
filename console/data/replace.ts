/** Operations that replace all of a world, with a way back. */
import type { OperationName } from '../../schemas/control/operations.ts'
import { type Action, action, perform, say } from './act.ts'

/** The world before it was replaced here the last time. */
export const BEFORE_REPLACEMENT = 'console-before'

/** Resolves with whether it was done. A snapshot has neither faults nor requests. */
export async function replaceWorld<Name extends OperationName>(
  replacement: Action<Name>,
  done: string,
  onRefused?: (error: Error) => void,
): Promise<boolean> {
  // Saved over by itself, it would lead back to now.
  const isWayBack = Object(replacement.input).name === BEFORE_REPLACEMENT
  if (!isWayBack && !(await perform(action('saveSnapshot', { name: BEFORE_REPLACEMENT }), onRefused))) return false
  if (!(await perform(replacement, onRefused))) return false

  const undo = (): void => {
    const back = action('restoreSnapshot', { name: BEFORE_REPLACEMENT, keep: ['requests', 'faults'] })
    void perform(back).then(result => result && say('The data and the clock are as they were before.'))
  }
  say(done, isWayBack ? {} : { offer: { label: 'Undo', run: undo } })
  return true
}
