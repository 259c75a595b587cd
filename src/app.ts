import { emulatedPlane } from './api/plane.ts'
import type { App } from './api/route.ts'
import { serializerCompiler, validatorCompiler } from './api/validation.ts'
import { createBase } from './base.ts'
import { addControlPlane, type ControlPlace } from './control/plane.ts'
import { documentation } from './documentation.ts'
import type { DeclaredOperation } from './domain/evidence/coverage.ts'
import { injectFaults } from './fault-injection.ts'
import { health } from './health.ts'
import { keepJournal } from './journaling.ts'
import type { Logger } from './log.ts'
import { VERSION } from './version.ts'

export interface AppOptions {
  readonly logger: Logger
  /** Filled with the operations of the emulated plane as they are registered. */
  readonly operations: DeclaredOperation[]
  readonly inject_faults: boolean
  readonly check_responses: boolean
  readonly control: ControlPlace
}

/** The server of any site: health, documentation and the two planes side by side. */
export const createApp = (options: AppOptions): App => {
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

const documented = async (app: App): Promise<void> =>
  documentation(app, async () => (await import('./api/openapi.ts')).describingApp(VERSION))

const collectOperations = (app: App, operations: DeclaredOperation[]): void => {
  app.addHook('onRoute', ({ config, schema, method, url }) => {
    if (!config?.need || !schema?.operationId) return

    const { operationId, querystring, body, response } = schema
    const answer = typeof response === 'object' && response !== null && '200' in response ? response['200'] : undefined
    const { refusals = [] } = config
    const models = { query: querystring, body, answer }
    operations.push({ operation: operationId, method: String(method), path: url, refusals, models })
  })
}
