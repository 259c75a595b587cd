import type { RequestListener } from 'node:http'
import type { Inject } from './types.ts'

/** Requests without a socket, as Fastify has them. Rejects once `closing` is aborted. */
export function injectInto(answer: RequestListener, closing: AbortSignal): Inject {
  return async request => {
    const { inject } = await import('light-my-request')
    if (closing.aborted) throw new Error('the emulator is closed')
    return inject(answer, request)
  }
}
