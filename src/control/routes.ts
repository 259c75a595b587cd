import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { Operation } from '../../schemas/control/operation.ts'
import { OPERATION_NAMES, OPERATIONS, type OperationName } from '../../schemas/control/operations.ts'
import { KnownPaths } from '../config/known-paths.ts'
import { isObservation } from '../config/observer.ts'
import { WORLDS_HEADER } from '../config/paths.ts'
import type { Worlds } from '../worlds/registry.ts'
import type { Context } from './context.ts'
import { jsonChunksOf, LargeResult } from './large-result.ts'
import { checkInput, runOperation } from './run-operation.ts'
import { streamEvents } from './stream.ts'
import { streamWorlds } from './worlds-stream.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operation of the control plane that a route runs. */
    control_operation?: OperationName
  }
}

/** Has the id of the latest event that a result contains: a stream of events continues after it. */
export const EVENT_HEADER = 'mockflared-event'

export interface ControlRoutesOptions {
  /**
   * Whether the control plane has its own port. Then the host of a request is not where the
   * emulated API is.
   */
  readonly hasOwnPort: boolean
}

/** One route for each operation; any other request gets an error of the control plane. */
export function addControlRoutes(app: FastifyInstance, { hasOwnPort }: ControlRoutesOptions): void {
  const contextOf = ({ emulator, raw, protocol, host, world, headers, routeOptions }: FastifyRequest): Context => {
    if (world.ended.aborted) throw new ControlError('refused', 'the world was reset or deleted meanwhile')

    const url = hasOwnPort || emulator.control.public_url !== undefined ? emulator.url() : `${protocol}://${host}`
    return {
      world,
      named_world: raw.context?.address.world,
      worlds: emulator.worlds,
      url,
      edge: emulator.edge(),
      server: emulator,
      is_observation: isObservation(headers, routeOptions.config.control_operation),
    }
  }

  refuseUnrouted(app)
  for (const name of OPERATION_NAMES) {
    const operation: Operation = OPERATIONS[name]
    const [method, url] = operation.route
    const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      if (hasEmptyParam(request)) return refuseUnknown(request)
      const { params, query, body } = request
      const call = { world_id: request.world.id, params, query, body }
      if (name === 'listEvents' && request.headers.accept?.includes('text/event-stream')) {
        const { after, worlds } = await checkInput(name, call)
        return worlds === undefined ? streamEvents(request, reply, after) : streamWorlds(request, reply)
      }
      const { result, event_id } = await runOperation(name, () => contextOf(request), call)
      reply.header(EVENT_HEADER, event_id)
      if (name === 'listWorlds') reply.header(WORLDS_HEADER, fullness(request.emulator.worlds))
      if (operation.result_type !== undefined) reply.type(operation.result_type)
      return result instanceof LargeResult ? sendLarge(reply, result, call.world_id) : result
    }
    app.route({ method, url, handler, config: { control_operation: name } })
  }
}

function fullness({ count, limits }: Worlds): string {
  return `${count() - 1}/${limits.max_worlds}`
}

function sendLarge(reply: FastifyReply, result: LargeResult<unknown>, world_id: string): FastifyReply {
  const stream = Readable.from(jsonChunksOf(result, world_id)).once('close', result.release)
  return reply.type('application/json; charset=utf-8').send(stream)
}

/** The router matches `/faults/` with `/faults/:id`, but a path without the id names nothing. */
function hasEmptyParam({ params }: FastifyRequest): boolean {
  return typeof params === 'object' && params !== null && Object.values(params).includes('')
}

/** Refuses requests that no route takes; on a known path, the error names the methods. */
function refuseUnrouted(app: FastifyInstance): void {
  const paths = new KnownPaths()
  app.addHook('onRoute', route => paths.add(route))
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return
    const methods = paths.methodsAt(request.target.path).join(', ')
    if (methods === '') return

    reply.header('allow', methods)
    throw new ControlError('method_not_allowed', `${request.url} has no ${request.method}, only ${methods}`)
  })
  app.setNotFoundHandler(refuseUnknown)
}

function refuseUnknown({ method, url }: FastifyRequest): never {
  throw new ControlError('not_found', `the control plane has no ${method} ${url}`)
}
