import { fromText, problemWith } from '../../schemas/check.ts'
import { jsonProblemByItem, problemByItem } from '../../schemas/check-items.ts'
import type { Input } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import { MODELS, type ModelName } from '../../schemas/control/models.ts'
import type { Operation } from '../../schemas/control/operation.ts'
import { OPERATIONS, type OperationName } from '../../schemas/control/operations.ts'
import { Unauthorized } from '../resources/connections/admission.ts'
import { FaultError } from '../world/faults/table.ts'
import { isStorageFailure } from '../world/storage-failure.ts'
import { StateError } from '../worlds/state-format.ts'
import { runInTurns, type Work } from '../worlds/turns.ts'
import { WorldsError } from '../worlds/worlds-error.ts'
import type { Context } from './context.ts'
import { HANDLERS } from './handlers.ts'

/**
 * The configurations in a state lie some levels below its root, and may be as deep as the API
 * allows.
 */
const MAX_DEPTH = 256

/** A call of an operation: its input before it is checked, by its place in a request. */
interface Call {
  /** The world that it is about. */
  readonly world_id: string
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

interface Outcome {
  readonly result: unknown
  /** The latest event of the world that the result contains. It may contain later ones too. */
  readonly event_id: number
}

/**
 * Checks the input against the models, runs the operation and turns each known failure into a
 * ControlError. `contextOf` is called after the check, which may take several turns.
 */
export async function runOperation(name: OperationName, contextOf: () => Context, call: Call): Promise<Outcome> {
  const run: (context: Context, input: never) => unknown = HANDLERS[name]
  const input = await checkInput(name, call)
  let context: Context | undefined
  try {
    context = contextOf()
    // Reading alone must not keep a world, or one that is watched would stay for ever.
    if (OPERATIONS[name].route[0] !== 'GET' && !context.is_observation) context.worlds.markUsed(context.world)
    const running = run(context, input as never)
    const event_id = context.world.events.lastId()
    return { result: await running, event_id }
  } catch (error) {
    if (context && isStorageFailure(error)) context.world.counters.count('storage_failures')
    throw asControlError(error, context?.world.max_world_mib)
  }
}

/** The input in one object. Rejects with a ControlError if it does not match the models. */
export async function checkInput<Name extends OperationName>(name: Name, call: Call): Promise<Input<Name>> {
  // The models give it the type that the compiler cannot follow by name.
  return (await runInTurns(checkedInput(OPERATIONS[name], call), call.world_id)) as Input<Name>
}

function* checkedInput(operation: Operation, { params, query, body }: Call): Work<object> {
  const typed = (model: ModelName | undefined, values: unknown) =>
    model && values ? fromText(MODELS[model], values) : values
  return {
    ...(yield* checked(operation.query, typed(operation.query, query), 'query')),
    ...(yield* checked(operation.body ?? 'NoBody', bodyOf(operation, body), 'body')),
    ...(yield* checked(operation.params, typed(operation.params, params), 'path')),
  }
}

/** Whether an empty body is refused. */
export function isBodyRequired({ body, requires_body }: Operation): boolean {
  return requires_body !== undefined || (body !== undefined && problemWith(MODELS[body], {}) !== undefined)
}

/** Only a body that is missing counts as an empty object, and only where that destroys nothing. */
function bodyOf({ requires_body }: Operation, body: unknown): unknown {
  if (body !== undefined) return body
  if (requires_body) throw new ControlError('invalid', 'body: is missing; send {} if you mean an empty object')
  return {}
}

function* checked(model: ModelName | undefined, value: unknown, where: string): Work<object> {
  if (!model) return {}

  const objection = yield* jsonProblemByItem(value, MAX_DEPTH)
  if (objection !== undefined) throw new ControlError('invalid', `${where}: ${objection}`)
  const problem = yield* problemByItem(MODELS[model], value)
  if (problem) throw new ControlError('invalid', `${[where, problem.where].filter(Boolean).join('.')}: ${problem.what}`)
  return typeof value === 'object' && value !== null ? value : {}
}

/**
 * Errors of other folders, with the code of each. Any other error is a defect and stays as it is.
 * `max_world_mib`: the limit of the world, if it has one.
 */
function asControlError(error: unknown, max_world_mib?: number): unknown {
  if (isStorageFailure(error)) {
    return new ControlError('storage_failed', storageProblem(max_world_mib), { cause: error })
  }
  if (error instanceof WorldsError) {
    return new ControlError(error.kind === 'unknown' ? 'not_found' : error.kind, error.message)
  }
  if (error instanceof Unauthorized) return new ControlError('forbidden', error.message)
  if (error instanceof StateError || error instanceof FaultError) return new ControlError('invalid', error.message)
  return error
}

function storageProblem(max_world_mib: number | undefined): string {
  const limit = max_world_mib === undefined ? '' : `; a world may have ${max_world_mib} MiB (--max-world-mib)`
  return `the data could not be stored${limit}`
}
