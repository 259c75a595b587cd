import type { FastifyInstance } from 'fastify'
import { type BaseOptions, createBase } from '../base.ts'
import type { ControlSettings } from '../options.ts'
import type { Guard } from './guard.ts'
import { type Control, controlOf } from './library.ts'
import { CONTROL_PREFIX, controlPlane } from './routes.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The control plane of a world, for the library. */
    controlFor: (world: string) => Control
  }
}

/** Gives a server its control plane: as an object always, over HTTP as the settings say: beside the emulated one, or alone on a port. */
export const addControlPlane = (app: FastifyInstance, options: BaseOptions & ControlSettings): void => {
  const { worlds, control, control_token: token, control_port: port } = options
  const url = (): string => (app.server.listening ? app.listeningOrigin : '')
  app.decorate('controlFor', (id: string) => controlOf(() => ({ world: worlds.get(id), worlds, url: url() })))

  if (control === 'off') return
  const guard = { token, open: control === 'open' }
  if (port === undefined) app.register(controlPlane, { prefix: CONTROL_PREFIX, worlds, guard })
  else serveApart(app, options, guard, url)
}

/** The control plane alone on its port: it listens and closes with the server that it controls. */
const serveApart = (
  app: FastifyInstance,
  { host, control_port: port, ...options }: BaseOptions & ControlSettings,
  guard: Guard,
  url: () => string,
): void => {
  const apart = createBase(options)
  apart.register(controlPlane, { prefix: CONTROL_PREFIX, worlds: options.worlds, guard, url })
  app.addHook('onListen', async () => {
    await apart.listen({ host, port: port ?? 0 })
  })
  app.addHook('onClose', async () => apart.close())
}
