import { BASE_PATH, CONTROL_PREFIX } from '../config/paths.ts'
import { VERSION } from '../config/version.ts'
import type { DeclaredOperation } from '../evidence/types.ts'
import type { App } from '../gateway/route.ts'
import { createFastify } from '../http/fastify.ts'
import { health } from '../http/health.ts'
import type { Logger } from '../http/logger.ts'
import type { OpenApiObject } from '../http/openapi-models.ts'
import { documentation } from '../http/pages/documentation.ts'
import { index } from '../http/pages/index-routes.ts'
import type { Products } from '../resources/products.ts'
import { pointToControlPlane, serveControlPlane } from './control-plane.ts'
import { emulatedApi } from './emulated-api.ts'
import { pageFacts } from './page-facts.ts'
import { quickTunnels } from './quick-tunnels.ts'

export interface AppOptions {
  readonly logger: Logger
  /** `createApp` adds each operation of the emulated API when its route is registered. */
  readonly operations: DeclaredOperation[]
  readonly products: Products
  readonly inject_faults: boolean
  readonly check_responses: boolean
  /** Where the control plane is: on the port of the emulated API, on its own, or nowhere. */
  readonly control: 'here' | 'elsewhere' | 'off'
}

/** Registers health checks, our pages, the emulated API and the control plane. */
export function createApp(options: AppOptions): App {
  const { products, control } = options
  const app = createFastify(options.logger, {
    checkResponses: options.check_responses,
    isControlPath: path => control !== 'off' && path.startsWith(`${CONTROL_PREFIX}/`),
  })
  collectOperations(app, options.operations)

  app.register(health)
  app.register(async scope => index(scope, { factsFor: pageFacts, leadsToConsole: control === 'here' }))
  app.register(async scope =>
    documentation(scope, {
      title: 'API',
      describe: () => describeApi(products),
      factsFor: pageFacts,
      urlsOf: ({ root }) => ({ server: `${root}${BASE_PATH}`, page: root }),
    }),
  )
  app.register(async scope => emulatedApi(scope, products.routes, options.inject_faults))
  app.register(async scope => quickTunnels(scope))
  if (control === 'here') serveControlPlane(app, { hasOwnPort: false })
  if (control === 'elsewhere') pointToControlPlane(app)
  return app
}

async function describeApi(products: Products): Promise<OpenApiObject> {
  return (await import('./api-description.ts')).describeApi(VERSION, products)
}

/** Skips the HEAD route that Fastify adds for each GET. */
function collectOperations(app: App, operations: DeclaredOperation[]): void {
  app.addHook('onRoute', ({ config, schema, method, url }) => {
    if (!config?.permission || !schema?.operationId || method === 'HEAD') return

    const { operationId, querystring, body, response } = schema
    operations.push({
      operation: operationId,
      method: String(method),
      path: url,
      errors: (config.errors ?? []).map(({ key }) => key),
      can_lag: config.can_lag ?? false,
      models: { query: querystring, body, response: successIn(response) },
    })
  })
}

/** The model of the one successful response of an operation. */
function successIn(response: unknown): unknown {
  return Object.entries(Object(response)).find(([status]) => /^2\d\d$/.test(status))?.[1]
}
