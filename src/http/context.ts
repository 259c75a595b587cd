import type { IncomingMessage } from 'node:http'
import type { ControlSettings } from '../../schemas/options.ts'
import type { Worlds } from '../worlds/registry.ts'

declare module 'node:http' {
  interface IncomingMessage {
    site?: Site
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    site: Site
  }
}

/** What an emulator has of its own. Routes and hooks are shared by all emulators of a process; a request brings the site that it came to. */
export interface Site {
  readonly worlds: Worlds
  readonly control: ControlSettings
  /** Where the emulated plane is reached, without a slash at the end. */
  readonly url: () => string
  /** Aborted when it closes: nobody must be kept waiting any more. */
  readonly closing: AbortSignal
}

/** To be said before a request is handed to the router. */
export function bringTo(site: Site, request: IncomingMessage): void {
  request.site = site
}

export function siteOf({ site }: IncomingMessage): Site {
  if (!site) throw new Error('the request was brought to no site')
  return site
}
