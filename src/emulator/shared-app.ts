import type { RequestListener } from 'node:http'
// Imported, since a test in whose process this runs may have put another clock in the place of the global one.
import { setImmediate } from 'node:timers'
import type { FastifyInstance } from 'fastify'
import type { Options } from '../config/options.ts'
import type { DeclaredOperation } from '../evidence/coverage.ts'
import { bringTo, type Site } from '../http/context.ts'
import { loggerFor } from '../http/logger.ts'
import { createBacklog } from '../world/batch.ts'
import { createApp } from './app.ts'

/** What answers requests to any site. To make it takes longer than all that an emulator has of its own, so many share one. */
export interface Service {
  /** The operations of the emulated plane. */
  readonly operations: readonly DeclaredOperation[]
  /** Requests that came in the same turn of the event loop are begun together, in their order, once all of them are read. */
  readonly at: (site: Site) => RequestListener
  readonly controlFor: FastifyInstance['controlFor']
}

export async function createService(
  app: FastifyInstance,
  operations: readonly DeclaredOperation[] = [],
): Promise<Service> {
  await app.ready()
  const { add: begin } = createBacklog(setImmediate)
  return {
    operations,
    at: site => (request, response) =>
      begin(() => {
        bringTo(site, request)
        app.routing(request, response)
      }),
    controlFor: app.controlFor,
  }
}

const services = new Map<string, Promise<Service>>()

function once(traits: string, create: () => Promise<Service>): Promise<Service> {
  const service = services.get(traits) ?? create()
  services.set(traits, service)
  return service
}

/** The service for emulators with these options. */
export function serviceFor(options: Options): Promise<Service> {
  const { log, inject_faults, check_responses } = options
  const control = options.control === 'off' || options.control_port !== undefined ? 'nowhere' : 'beside'
  return once(`${log} ${inject_faults} ${check_responses} ${control}`, async () => {
    const operations: DeclaredOperation[] = []
    const app = createApp({ logger: await loggerFor(log), operations, inject_faults, check_responses, control })
    return createService(app, operations)
  })
}

/** The service for their control plane alone, which few have. */
export function controlServiceFor({ log }: Options): Promise<Service> {
  return once(`${log} apart`, async () => {
    const { createControlApp } = await import('../control/own-port.ts')
    return createService(createControlApp(await loggerFor(log)))
  })
}
