import { consoleMode } from '../../config/console-mode.ts'
import { contextOf } from '../context.ts'
import { constraintBy } from '../route-constraint.ts'

/** A route with `constraints: { console: 'on' }` is there while the console is not off. */
export const BY_CONSOLE = constraintBy('console', request =>
  consoleMode(contextOf(request).emulator.control) === 'off' ? '' : 'on',
)
