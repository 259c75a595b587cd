import type { FastifyInstance } from 'fastify'
import { type BaseOptions, createBase } from '../base.ts'
import { NOWHERE } from '../fetch.ts'
import type { ControlSettings } from '../options.ts'
import { type Control, controlOf } from './library.ts'
import { CONTROL_PREFIX, controlPlane } from './routes.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The control plane of a world, for the library. */
    controlFor: (world: string) => Control
    /** Where the control plane of the main world is reached; empty when it is not. */
    controlUrl: () => string
  }
}

/** Gives a server its control plane: as an object always, over HTTP as the settings say: beside the emulated one, or alone on a port. */
export const addControlPlane = (app: FastifyInstance, options: BaseOptions & ControlSettings): void => {
  const { worlds, control, control_token: token, control_port: port, public_url } = options
  const url = (): string => public_url ?? (originOf(app) || NOWHERE)
  app.decorate('controlFor', (id: string) => controlOf(() => ({ world: worlds.get(id), worlds, url: url() })))
  app.decorate('controlUrl', () => urlAt(control === 'off' ? undefined : server))

  const guard = { token, open: control === 'open', publicUrl: public_url }
  const server = port === undefined ? app : apartFrom(app, options)
  if (control === 'off') return

  const isToldByHost = server === app && public_url === undefined
  server.register(controlPlane, { prefix: CONTROL_PREFIX, worlds, guard, ...(!isToldByHost && { url }) })
}

/** A server that starts and ends with another. A port that is taken keeps both from starting. */
const apartFrom = (
  app: FastifyInstance,
  { host, control_port: port = 0, ...options }: BaseOptions & ControlSettings,
): FastifyInstance => {
  const apart = createBase(options)
  app.addHook('onReady', async () => {
    await apart.listen({ host, port })
  })
  app.addHook('onClose', async () => apart.close())
  return apart
}

const originOf = (app: FastifyInstance): string => (app.server.listening ? app.listeningOrigin : '')

const urlAt = (server: FastifyInstance | undefined): string => {
  const origin = server && originOf(server)
  return origin ? `${origin}${CONTROL_PREFIX}` : ''
}
