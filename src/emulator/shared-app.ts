import type { RequestListener } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Options } from '../../schemas/options.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import type { DeclaredOperation } from '../evidence/types.ts'
import { attachContext, type EmulatorContext } from '../http/context.ts'
import { createFastify } from '../http/fastify.ts'
import { loggerFor } from '../http/logger.ts'
import { PRODUCTS, type Products } from '../resources/products.ts'
import { createApp } from './app.ts'
import { serveControlPlaneAlone } from './control-plane.ts'

/**
 * Routes and hooks, which emulators with the same options share: creating them takes longer than
 * creating the rest of an emulator.
 */
export interface SharedApp {
  /** The operations that it serves, and the evidence for their behaviours. */
  readonly catalogue: Catalogue
  /** Writes a line to the log, with fields for machines. */
  readonly info: (fields: object, line: string) => void
  readonly warn: (line: string) => void
  /** Returns a listener that handles requests to this emulator. */
  readonly listenerFor: (emulator: EmulatorContext) => RequestListener
}

export async function shareApp(
  app: FastifyInstance,
  catalogue: Catalogue = PRODUCTS.catalogueOf([]),
): Promise<SharedApp> {
  await app.ready()
  return {
    catalogue,
    info: (fields, line) => app.log.info(fields, line),
    warn: line => app.log.warn(line),
    listenerFor: emulator => (request, response) => {
      attachContext(emulator, request, response)
      app.routing(request, response)
    },
  }
}

const apps = new WeakMap<Products, Map<string, Promise<SharedApp>>>()

function createOnce(products: Products, key: string, create: () => Promise<SharedApp>): Promise<SharedApp> {
  const known = apps.get(products) ?? new Map<string, Promise<SharedApp>>()
  apps.set(products, known)
  const app = known.get(key) ?? create()
  known.set(key, app)
  return app
}

/** Returns the app for emulators with these options. */
export function sharedAppFor(options: Options, products = PRODUCTS): Promise<SharedApp> {
  const { log, inject_faults, check_responses, control_port } = options
  const place = control_port === undefined ? 'here' : 'elsewhere'
  const control = options.control === 'off' ? 'off' : place
  return createOnce(products, `${log} ${inject_faults} ${check_responses} ${control}`, async () => {
    const operations: DeclaredOperation[] = []
    const logger = await loggerFor(log)
    const app = createApp({ logger, operations, products, inject_faults, check_responses, control })
    return shareApp(app, products.catalogueOf(operations))
  })
}

/** Returns the app for a control plane on its own port. */
export function sharedControlAppFor({ log }: Options): Promise<SharedApp> {
  return createOnce(PRODUCTS, `${log} control alone`, async () => {
    const app = createFastify(await loggerFor(log), { isControlPath: () => true })
    serveControlPlaneAlone(app)
    return shareApp(app)
  })
}
