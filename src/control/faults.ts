import { FaultAddress, FaultReport, FaultRequest, type FaultRule } from '../../schemas/control/fault.ts'
import { Type } from '../../schemas/typebox.ts'
import { FaultError } from '../world/faults/faults.ts'
import { FAULT_PRESETS } from '../world/faults/presets.ts'
import { action } from './action.ts'
import { ControlError } from './errors.ts'

export const addFault = action(
  {
    method: 'POST',
    path: '/faults',
    summary: 'Let calls go wrong, by a rule or a preset',
    body: FaultRequest,
    result: Type.Array(FaultReport),
  },
  ({ world }, request) => {
    const now = world.now()
    return rulesOf(request).map(rule => acceptable(() => world.faults.add(rule, now)))
  },
)

export const listFaults = action(
  { method: 'GET', path: '/faults', summary: 'List the faults with their hits', result: Type.Array(FaultReport) },
  ({ world }) => world.faults.list(world.now()),
)

export const removeFault = action(
  { method: 'DELETE', path: '/faults/:id', summary: 'Remove a fault', params: FaultAddress, result: FaultReport },
  ({ world }, { id }) => {
    const removed = world.faults.remove(id, world.now())
    if (!removed) throw new ControlError('not_found', `there is no fault ${id}`)
    return removed
  },
)

export const clearFaults = action(
  { method: 'DELETE', path: '/faults', summary: 'Remove all faults', result: Type.Array(FaultReport) },
  ({ world }) => world.faults.clear(world.now()),
)

function rulesOf({ preset, effect, ...when }: FaultRequest): readonly FaultRule[] {
  const isAlone = effect === undefined && Object.keys(when).length === 0
  if (preset !== undefined && isAlone) return FAULT_PRESETS[preset]
  if (preset === undefined && effect !== undefined) return [{ ...when, effect }]

  throw new ControlError(
    'invalid',
    preset === undefined
      ? `a fault needs an effect, or is a preset: ${Object.keys(FAULT_PRESETS).join(', ')}`
      : `the preset ${preset} is asked for alone, without anything else`,
  )
}

function acceptable<T>(write: () => T): T {
  try {
    return write()
  } catch (error) {
    throw error instanceof FaultError ? new ControlError('invalid', error.message) : error
  }
}
