import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ControlError } from '../../schemas/control/control-error.ts'
import { OPERATION_NAMES, OPERATIONS, type OperationName } from '../../schemas/control/operations.ts'
import type { Context } from './context.ts'
import { runOperation } from './run-operation.ts'
import { streamEvents } from './stream.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operation of the control plane that a route runs. */
    control_operation?: OperationName
  }
}

export interface ControlRoutesOptions {
  /**
   * Whether the control plane has its own port. Then the host of a request is not where the
   * emulated API is.
   */
  readonly hasOwnPort: boolean
}

/** One route for each operation; any other path answers in the shape of the control plane. */
export function addControlRoutes(app: FastifyInstance, { hasOwnPort }: ControlRoutesOptions): void {
  const contextOf = ({ emulator, host, world }: FastifyRequest): Context => ({
    world,
    worlds: emulator.worlds,
    url: hasOwnPort || emulator.control.public_url !== undefined ? emulator.url() : `http://${host}`,
  })

  for (const name of OPERATION_NAMES) {
    const [method, url] = OPERATIONS[name].route
    const handler = (request: FastifyRequest, reply: FastifyReply): unknown => {
      if (hasEmptyParam(request)) return refuseUnknown(request)
      if (name === 'listEvents' && request.headers.accept?.includes('text/event-stream')) {
        return streamEvents(request, reply)
      }
      const { params, query, body } = request
      return runOperation(name, contextOf(request), { params, query, body })
    }
    app.route({ method, url, handler, config: { control_operation: name } })
  }
  addUnknownRoutes(app)
}

/** The router matches `/faults/` with `/faults/:id`, but a path without the id names nothing. */
function hasEmptyParam({ params }: FastifyRequest): boolean {
  return typeof params === 'object' && params !== null && Object.values(params).includes('')
}

/** Not a not-found handler: the request log would take it for one of the emulated API. */
function addUnknownRoutes(app: FastifyInstance): void {
  const methods = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
  app.route({ method: methods, url: '', handler: refuseUnknown })
  app.route({ method: ['GET', ...methods], url: '/*', handler: refuseUnknown })
}

function refuseUnknown({ method, url }: FastifyRequest): never {
  throw new ControlError('not_found', `the control plane has no ${method} ${url}`)
}
