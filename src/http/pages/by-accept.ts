import { constraintBy } from '../route-constraint.ts'

const HTML = 'text/html'

/** A route with `constraints: { accept: 'text/html' }` is there for browsers only. */
export const BY_ACCEPT = constraintBy('accept', ({ headers }) => (headers.accept?.includes(HTML) ? HTML : ''))
