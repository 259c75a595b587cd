import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Failure } from '../../schemas/envelope.ts'
import { isObject } from '../../schemas/is-object.ts'
import { BASE_PATH } from '../config/paths.ts'
import type { ErrorDefinition } from '../evidence/types.ts'
import { ApiError } from '../gateway/api-error.ts'
import { fail } from '../gateway/envelope.ts'
import { GATEWAY_ERRORS } from '../gateway/errors.ts'
import { describeRoutes } from '../http/describe.ts'
import { extractModels, mapOperations, type OpenApiObject } from '../http/openapi-models.ts'
import type { Products } from '../resources/products.ts'
import { emulatedApi } from './emulated-api.ts'
import { withNullableFields } from './nullable-fields.ts'

/**
 * Creates the OpenAPI 3.1 document of the emulated API, from the models that this API enforces.
 */
export function describeApi(version: string, { routes, tags }: Products): Promise<OpenApiObject> {
  return describeRoutes(
    {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Cloudflare Tunnel API, as emulated by mockflared',
          version,
          description: 'The operations of the Cloudflare API that mockflared emulates.',
          license: { name: 'MIT', identifier: 'MIT' },
        },
        servers: [{ url: BASE_PATH }],
        tags: tags.map(name => ({ name })),
        components: { securitySchemes: SECURITY_SCHEMES },
        security: [{ api_token: [] }, { api_email: [], api_key: [] }, { user_service_key: [] }],
      },
      hideUntagged: true,
      transform: ({ schema, url, route }) => ({
        schema: {
          ...schema,
          ...(schema?.body ? { body: withNullableFields(schema.body) } : {}),
          [ERRORS]: [...errorsOf(route.method), ...(route.config?.errors ?? [])],
        },
        url,
      }),
      transformObject: document => ('openapiObject' in document ? completed({ ...document.openapiObject }) : {}),
    },
    app => emulatedApi(app.withTypeProvider<TypeBoxTypeProvider>(), routes),
  )
}

const SECURITY_SCHEMES = {
  api_token: { type: 'http', scheme: 'bearer' },
  api_email: { type: 'apiKey', in: 'header', name: 'X-Auth-Email' },
  api_key: { type: 'apiKey', in: 'header', name: 'X-Auth-Key' },
  user_service_key: { type: 'apiKey', in: 'header', name: 'X-Auth-User-Service-Key' },
} as const

const COMMON_ERRORS: readonly ErrorDefinition[] = [
  GATEWAY_ERRORS.credentials_missing,
  GATEWAY_ERRORS.input_invalid,
  GATEWAY_ERRORS.not_permitted,
  GATEWAY_ERRORS.tunnel_unroutable,
]

/** The errors of every operation; a body of a GET is not read, so it cannot be too large. */
function errorsOf(method: string | readonly string[]): readonly ErrorDefinition[] {
  return method === 'GET' ? COMMON_ERRORS : [...COMMON_ERRORS, GATEWAY_ERRORS.body_too_large]
}

/** The key under which a route's errors travel to `transformObject`. */
const ERRORS = 'x-errors'

/**
 * Adds the errors of each operation as examples, makes parameters with a default optional, and
 * moves models into the components.
 */
function completed(document: OpenApiObject): OpenApiObject {
  const models: OpenApiObject = {}
  const paths = extractModels(mapOperations(document.paths, described), models)
  return {
    ...document,
    paths,
    components: { ...(isObject(document.components) ? document.components : {}), schemas: models },
  }
}

function described(operation: unknown): unknown {
  if (!isObject(operation)) return operation

  const { [ERRORS]: definitions, responses, parameters, ...others } = operation
  const errors: readonly ErrorDefinition[] = Array.isArray(definitions) ? definitions : []
  const byStatus = Map.groupBy(errors, ({ status }) => String(status))
  const documented = [...byStatus].map(([status, ofStatus]) => [status, documentedFailure(ofStatus)])
  const sent = Array.isArray(parameters) && { parameters: parameters.map(optionalIfDefault) }
  return {
    ...others,
    ...sent,
    responses: { ...(isObject(responses) ? responses : {}), ...Object.fromEntries(documented) },
  }
}

/**
 * Models require parameters with a default, since validation fills them in. Callers may omit them.
 */
function optionalIfDefault(parameter: unknown): unknown {
  return isObject(parameter) && isObject(parameter.schema) && 'default' in parameter.schema
    ? { ...parameter, required: false }
    : parameter
}

function documentedFailure(definitions: readonly ErrorDefinition[]): OpenApiObject {
  const failures = definitions.map(definition => new ApiError(definition, '…'))
  return {
    description: failures.map(({ errors, message }) => `${errors[0]?.code}: ${message.trimEnd()}`).join('; '),
    content: {
      'application/json': {
        schema: Failure,
        examples: Object.fromEntries(failures.map(({ key, errors }) => [key, { value: fail(errors) }])),
      },
    },
  }
}
