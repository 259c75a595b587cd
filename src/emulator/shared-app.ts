import type { RequestListener } from 'node:http'
import { setImmediate } from 'node:timers'
import type { FastifyInstance } from 'fastify'
import type { Options } from '../../schemas/options.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import type { DeclaredOperation } from '../evidence/types.ts'
import { bringTo, type Site } from '../http/context.ts'
import { createBase } from '../http/fastify.ts'
import { loggerFor } from '../http/logger.ts'
import { PRODUCTS, type Products } from '../resources/products.ts'
import { createBacklog } from '../world/batch.ts'
import { createApp } from './app.ts'
import { serveControlPlane } from './control-plane.ts'
// Imported, since a test in whose process this runs may have put another clock in the place of the global one.

/** What answers requests to any site. To make it takes longer than all that an emulator has of its own, so many share one. */
export interface Service {
  /** What it serves, and how we know it. */
  readonly catalogue: Catalogue
  /** Requests that came in the same turn of the event loop are begun together, in their order, once all of them are read. */
  readonly at: (site: Site) => RequestListener
}

export async function createService(
  app: FastifyInstance,
  catalogue: Catalogue = PRODUCTS.catalogueOf([]),
): Promise<Service> {
  await app.ready()
  const { add: begin } = createBacklog(setImmediate)
  return {
    catalogue,
    at: site => (request, response) =>
      begin(() => {
        bringTo(site, request)
        app.routing(request, response)
      }),
  }
}

const services = new WeakMap<Products, Map<string, Promise<Service>>>()

function once(products: Products, traits: string, create: () => Promise<Service>): Promise<Service> {
  const known = services.get(products) ?? new Map<string, Promise<Service>>()
  services.set(products, known)
  const service = known.get(traits) ?? create()
  known.set(traits, service)
  return service
}

/** The service for emulators with these options. */
export function serviceFor(options: Options, products = PRODUCTS): Promise<Service> {
  const { log, inject_faults, check_responses } = options
  const control = options.control !== 'off' && options.control_port === undefined
  return once(products, `${log} ${inject_faults} ${check_responses} ${control}`, async () => {
    const operations: DeclaredOperation[] = []
    const logger = await loggerFor(log)
    const app = createApp({ logger, operations, products, inject_faults, check_responses, control })
    return createService(app, products.catalogueOf(operations))
  })
}

/** The service for their control plane alone, which few have. */
export function controlServiceFor({ log }: Options): Promise<Service> {
  return once(PRODUCTS, `${log} control alone`, async () => {
    const app = createBase(await loggerFor(log))
    serveControlPlane(app, { hasOwnPort: true })
    return createService(app)
  })
}
