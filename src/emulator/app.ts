import { VERSION } from '../config/version.ts'
import { addControlPlane, type ControlPlace } from '../control/register.ts'
import type { DeclaredOperation } from '../evidence/coverage.ts'
import { injectFaults } from '../gateway/fault-injection.ts'
import { emulatedPlane } from '../gateway/register.ts'
import { keepJournal } from '../gateway/request-log.ts'
import type { App } from '../gateway/route.ts'
import { serializerCompiler, validatorCompiler } from '../gateway/validation.ts'
import { createBase } from '../http/fastify.ts'
import { health } from '../http/health.ts'
import type { Logger } from '../http/logger.ts'
import { documentation } from '../http/openapi-pages.ts'

export interface AppOptions {
  readonly logger: Logger
  /** Filled with the operations of the emulated plane as they are registered. */
  readonly operations: DeclaredOperation[]
  readonly inject_faults: boolean
  readonly check_responses: boolean
  readonly control: ControlPlace
}

/** The server of any site: health, documentation and the two planes side by side. */
export function createApp(options: AppOptions): App {
  const app = createBase(options.logger)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler(options.check_responses))
  collectOperations(app, options.operations)
  keepJournal(app, () => injectFaults(app, options.inject_faults))

  app.register(health)
  app.register(documented)
  app.register(emulatedPlane)
  addControlPlane(app, options.control)
  return app
}

async function documented(app: App): Promise<void> {
  return documentation(app, async () => (await import('./api-description.ts')).describingApp(VERSION))
}

function collectOperations(app: App, operations: DeclaredOperation[]): void {
  app.addHook('onRoute', ({ config, schema, method, url }) => {
    if (!config?.need || !schema?.operationId) return

    const { operationId, querystring, body, response } = schema
    const answer = typeof response === 'object' && response !== null && '200' in response ? response['200'] : undefined
    const { refusals = [] } = config
    const models = { query: querystring, body, answer }
    operations.push({ operation: operationId, method: String(method), path: url, refusals, models })
  })
}
