import { contextOf } from './context.ts'
import { constraintBy } from './route-constraint.ts'

/** A route with `constraints: { metrics: 'on' }` needs `--metrics`. */
export const BY_METRICS = constraintBy('metrics', request => (contextOf(request).emulator.figures ? 'on' : ''))
