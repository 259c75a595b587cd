import { fromText, problemWith } from '../../schemas/check.ts'
import { objectionTo } from '../../schemas/json-limits.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import { isStorageFailure } from '../world/storage-failure.ts'
import { WorldsError } from '../worlds/registry.ts'
import { StateError } from '../worlds/state-format.ts'
import type { Action, Context } from './action.ts'
import { ControlError } from './errors.ts'

/** Levels of what is given: a state holds configurations some levels down, and those may be as deep as the API lets them. */
const DEEPEST = 256

/** What an action is given, by where it stands in a request. In the library it all stands in one object. */
export interface Parts {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/** Checks what was given against the models of the action, does it, and turns every known failure into a ControlError. */
export async function perform(action: Action, context: Context, { params, query, body }: Parts): Promise<unknown> {
  const input = {
    ...checked(action.query, query && action.query ? fromText(action.query, query) : query, 'query'),
    ...checked(action.body, body ?? {}, 'body'),
    ...checked(action.params, params, 'path'),
  }
  try {
    return await action.run(context, input as never)
  } catch (error) {
    if (error instanceof WorldsError) {
      throw new ControlError(error.kind === 'unknown' ? 'not_found' : 'refused', error.message)
    }
    if (isStorageFailure(error)) {
      throw new ControlError('storage_failed', 'the data could not be stored', { cause: error })
    }
    if (error instanceof StateError) throw new ControlError('invalid', error.message)
    throw error
  }
}

function checked(model: TSchema | undefined, value: unknown, where: string): object {
  if (!model) return {}

  const objection = objectionTo(value, DEEPEST)
  if (objection !== undefined) throw new ControlError('invalid', `${where}: ${objection}`)
  const problem = problemWith(model, value)
  if (problem) throw new ControlError('invalid', `${[where, problem.where].filter(Boolean).join('.')}: ${problem.what}`)
  return typeof value === 'object' && value !== null ? value : {}
}
