import type { FastifyInstance } from 'fastify'
import { CONTROL_PREFIX } from '../config/paths.ts'
import type { Site } from '../http/context.ts'
import { type Control, controlOf } from './in-process.ts'
import { controlPlane } from './routes.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The control plane of a world of a site, for the library. */
    controlFor: (site: Site, world: string) => Control
  }
}

/** `beside`: on the port of the emulated plane. `apart`: on one of its own. `nowhere`: not over HTTP. */
export type ControlPlace = 'beside' | 'apart' | 'nowhere'

/** Gives a server its control plane: as an object always, and over HTTP where that is wanted. */
export function addControlPlane(app: FastifyInstance, place: ControlPlace): void {
  app.decorate('controlFor', ({ worlds, url }: Site, id: string) =>
    controlOf(() => ({ world: worlds.get(id), worlds, url: url() })),
  )
  if (place !== 'nowhere') app.register(controlPlane, { prefix: CONTROL_PREFIX, isApart: place === 'apart' })
}
