import { fromText, problemWith } from '../../schemas/check.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import { MODELS, type ModelName } from '../../schemas/control/models.ts'
import type { Operation } from '../../schemas/control/operation.ts'
import { OPERATIONS, type OperationName } from '../../schemas/control/operations.ts'
import { jsonProblem } from '../../schemas/json-limits.ts'
import { Unauthorized } from '../resources/connections/rules.ts'
import { FaultError } from '../world/faults/faults.ts'
import { isStorageFailure } from '../world/storage-failure.ts'
import { WorldsError } from '../worlds/registry.ts'
import { StateError } from '../worlds/state-format.ts'
import type { Context } from './context.ts'
import { HANDLERS } from './handlers.ts'

/**
 * The configurations in a state lie some levels below its root, and may be as deep as the API
 * allows.
 */
const MAX_DEPTH = 256

/** The input of an operation before it is checked, by its place in a request. */
interface UncheckedParts {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/**
 * Checks the input against the models, runs the operation and turns each known failure into a
 * ControlError.
 */
export async function runOperation(name: OperationName, context: Context, parts: UncheckedParts): Promise<unknown> {
  const run: (context: Context, input: never) => unknown = HANDLERS[name]
  const input = checkedInput(OPERATIONS[name], parts)
  // A console polls, so reading alone must not keep a world.
  if (OPERATIONS[name].route[0] !== 'GET') context.worlds.markUsed(context.world)
  try {
    // The models above gave it the type that the compiler cannot follow by name.
    return await run(context, input as never)
  } catch (error) {
    throw asControlError(error)
  }
}

function checkedInput(operation: Operation, { params, query, body }: UncheckedParts): object {
  const typed = operation.query && query ? fromText(MODELS[operation.query], query) : query
  return {
    ...checked(operation.query, typed, 'query'),
    ...checked(operation.body, body ?? {}, 'body'),
    ...checked(operation.params, params, 'path'),
  }
}

function checked(model: ModelName | undefined, value: unknown, where: string): object {
  if (!model) return {}

  const objection = jsonProblem(value, MAX_DEPTH)
  if (objection !== undefined) throw new ControlError('invalid', `${where}: ${objection}`)
  const problem = problemWith(MODELS[model], value)
  if (problem) throw new ControlError('invalid', `${[where, problem.where].filter(Boolean).join('.')}: ${problem.what}`)
  return typeof value === 'object' && value !== null ? value : {}
}

/**
 * Errors of other folders, with the code of each. Any other error is a defect and stays as it is.
 */
function asControlError(error: unknown): unknown {
  if (isStorageFailure(error)) {
    return new ControlError('storage_failed', 'the data could not be stored', { cause: error })
  }
  if (error instanceof WorldsError) {
    return new ControlError(error.kind === 'unknown' ? 'not_found' : 'refused', error.message)
  }
  if (error instanceof Unauthorized) return new ControlError('forbidden', error.message)
  if (error instanceof StateError || error instanceof FaultError) return new ControlError('invalid', error.message)
  return error
}
