import type { FastifySchema } from 'fastify'
import { ControlFailure } from '../../schemas/control/error.ts'
import { MODELS } from '../../schemas/control/models.ts'
import type { Operation } from '../../schemas/control/operation.ts'
import { OPERATION_NAMES, OPERATIONS, type OperationName } from '../../schemas/control/operations.ts'
import { isObject } from '../../schemas/is-object.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import { CONTROL_PREFIX } from '../config/paths.ts'
import { VERSION } from '../config/version.ts'
import { addControlRoutes, EVENT_HEADER } from '../control/routes.ts'
import { isBodyRequired } from '../control/run-operation.ts'
import { describeRoutes } from '../http/describe.ts'
import { extractModels, mapOperations, type OpenApiObject } from '../http/openapi-models.ts'

/** Creates the OpenAPI 3.1 document of the control plane. */
export function describeControlPlane(): Promise<OpenApiObject> {
  return describeRoutes(
    {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'mockflared: the control plane',
          version: VERSION,
          description:
            'Makes the emulator do what you cannot make Cloudflare do. In the library each function has the name of its operation.',
          license: { name: 'MIT', identifier: 'MIT' },
        },
        servers: [{ url: CONTROL_PREFIX }],
      },
      hideUntagged: true,
      transform: ({ url, route }) => ({ url, schema: schemaOf(route.config?.control_operation) }),
      transformObject: document => ('openapiObject' in document ? withModels({ ...document.openapiObject }) : {}),
    },
    app => app.register(async scope => addControlRoutes(scope, { hasOwnPort: false }), { prefix: CONTROL_PREFIX }),
  )
}

const RESULT_HEADERS = {
  [EVENT_HEADER]: { type: 'integer', description: 'The id of the latest event of the world that the result contains.' },
}

function schemaOf(name: OperationName | undefined): FastifySchema {
  if (name === undefined) return { hide: true }

  const { params, query, body, result, result_type, tag, summary }: Operation = OPERATIONS[name]
  return {
    operationId: name,
    summary,
    tags: [tag],
    ...(params && { params: MODELS[params] }),
    ...(query && { querystring: MODELS[query] }),
    ...(body && { body: MODELS[body] }),
    response: {
      200: { ...content('Done', MODELS[result], result_type), headers: RESULT_HEADERS },
      '4XX': content('Refused', ControlFailure),
      '5XX': content('Failed', ControlFailure),
    },
  }
}

function content(description: string, schema: TSchema, type = 'application/json') {
  return { description, content: { [type]: { schema } } }
}

/** Moves each model that has a title into the components. */
function withModels(document: OpenApiObject): OpenApiObject {
  const schemas: OpenApiObject = {}
  const paths = mapOperations(document.paths, withOptionalBody)
  return { ...document, paths: extractModels(paths, schemas), components: { schemas } }
}

/** Swagger marks every body as required. */
function withOptionalBody(operation: unknown): unknown {
  if (!isObject(operation) || !isObject(operation.requestBody)) return operation

  const { required, ...requestBody } = operation.requestBody
  const name = OPERATION_NAMES.find(known => known === operation.operationId)
  return {
    ...operation,
    requestBody: { ...requestBody, required: name !== undefined && isBodyRequired(OPERATIONS[name]) },
  }
}
