import type { IncomingMessage } from 'node:http'

/** A constraint for the router: a route that names a value is there for requests that have it. */
export function constraintBy<Name extends string>(name: Name, read: (request: IncomingMessage) => string) {
  return {
    name,
    storage: <Handler>() => {
      const handlers = new Map<string, Handler>()
      return {
        get: (value: string): Handler | null => handlers.get(value) ?? null,
        set: (value: string, handler: Handler): void => {
          handlers.set(value, handler)
        },
      }
    },
    deriveConstraint: read,
  }
}
