import { contextOf } from './context.ts'
import { constraintBy } from './route-constraint.ts'

/** A route with `constraints: { edge: 'on' }` needs an edge. */
export const BY_EDGE = constraintBy('edge', request => (contextOf(request).emulator.edge() ? 'on' : ''))
