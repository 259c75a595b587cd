import type { IncomingMessage } from 'node:http'
import { contextOf } from './context.ts'

/** A constraint for the router: a route with `constraints: { edge: 'on' }` needs an edge. */
export const BY_EDGE = {
  name: 'edge',
  storage: <Handler>() => {
    const handlers = new Map<string, Handler>()
    return {
      get: (edge: string): Handler | null => handlers.get(edge) ?? null,
      set: (edge: string, handler: Handler): void => {
        handlers.set(edge, handler)
      },
    }
  },
  deriveConstraint: (request: IncomingMessage): string => (contextOf(request).emulator.edge() ? 'on' : ''),
}
