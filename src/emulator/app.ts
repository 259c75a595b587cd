import { VERSION } from '../config/version.ts'
import type { DeclaredOperation } from '../evidence/types.ts'
import { injectFaults } from '../gateway/fault-injection.ts'
import { emulatedPlane } from '../gateway/register.ts'
import { keepJournal } from '../gateway/request-log.ts'
import type { App } from '../gateway/route.ts'
import { serializerCompiler, validatorCompiler } from '../gateway/validation.ts'
import { createBase } from '../http/fastify.ts'
import { health } from '../http/health.ts'
import type { Logger } from '../http/logger.ts'
import { documentation } from '../http/openapi-pages.ts'
import type { Products } from '../resources/products.ts'
import { serveControlPlane } from './control-plane.ts'

export interface AppOptions {
  readonly logger: Logger
  /** Filled with the operations of the emulated plane as they are registered. */
  readonly operations: DeclaredOperation[]
  readonly products: Products
  readonly inject_faults: boolean
  readonly check_responses: boolean
  /** Whether the control plane shares the port of the emulated API. */
  readonly control: boolean
}

/** The server of any site: health, documentation and the two planes side by side. */
export function createApp(options: AppOptions): App {
  const app = createBase(options.logger)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler(options.check_responses))
  collectOperations(app, options.operations)
  keepJournal(app, () => injectFaults(app, options.inject_faults))

  app.register(health)
  app.register(async one => documented(one, options.products))
  app.register(async one => emulatedPlane(one, options.products.routes))
  if (options.control) serveControlPlane(app, { hasOwnPort: false })
  return app
}

function documented(app: App, products: Products): void {
  documentation(app, async () => (await import('./api-description.ts')).describingApp(VERSION, products))
}

function collectOperations(app: App, operations: DeclaredOperation[]): void {
  app.addHook('onRoute', ({ config, schema, method, url }) => {
    if (!config?.permission || !schema?.operationId) return

    const { operationId, querystring, body, response } = schema
    const success = typeof response === 'object' && response !== null && '200' in response ? response['200'] : undefined
    operations.push({
      operation: operationId,
      method: String(method),
      path: url,
      errors: (config.errors ?? []).map(({ key }) => key),
      can_lag: config.can_lag ?? false,
      models: { query: querystring, body, response: success },
    })
  })
}
