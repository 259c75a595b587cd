import type { IncomingMessage } from 'node:http'

const HTML = 'text/html'

/**
 * A constraint for the router: a route with `constraints: { accept: 'text/html' }` is there for
 * browsers only.
 */
export const BY_ACCEPT = {
  name: 'accept',
  storage: <Handler>() => {
    const handlers = new Map<string, Handler>()
    return {
      get: (accept: string): Handler | null => handlers.get(accept) ?? null,
      set: (accept: string, handler: Handler): void => {
        handlers.set(accept, handler)
      },
    }
  },
  deriveConstraint: ({ headers }: IncomingMessage): string => (headers.accept?.includes(HTML) ? HTML : ''),
}
