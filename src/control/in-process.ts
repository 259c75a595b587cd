import { type Control, createControl } from '../../schemas/control/control.ts'
import { partsOf } from '../../schemas/control/operation.ts'
import { OPERATIONS } from '../../schemas/control/operations.ts'
import type { Context } from './context.ts'
import { LargeResult, readWhole } from './large-result.ts'
import { runOperation } from './run-operation.ts'

/**
 * Calls `contextOf` for each operation, because a reset replaces the world. `hold` keeps the world
 * open until the operation is done.
 */
export function controlOf(world_id: string, hold: () => () => void, contextOf: () => Context): Control {
  return createControl(async (name, input) => {
    const release = hold()
    try {
      const { result } = await runOperation(name, contextOf, { world_id, ...partsOf(OPERATIONS[name], input) })
      return result instanceof LargeResult ? await readWhole(result, world_id) : result
    } finally {
      release()
    }
  })
}
