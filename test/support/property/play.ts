import { expect } from 'vitest'
import type { State } from '../../../schemas/state.ts'
import * as api from './api-steps.ts'
import * as configurations from './configuration-steps.ts'
import * as control from './control-steps.ts'
import { factsOf, type Model } from './facts.ts'
import { expectValidWorld } from './invariants.ts'
import type { Operation, OperationOf } from './operations.ts'
import { advanceTo } from './rules.ts'
import type { Stage } from './stage.ts'
import * as states from './state-steps.ts'
import type { Subject } from './subject.ts'

const STEPS: { [Name in Operation['do']]: (stage: Stage, operation: OperationOf<Name>) => Promise<void> } = {
  create: api.create,
  update: api.update,
  delete: api.remove,
  list: api.list,
  get: api.get,
  'put configuration': configurations.putConfiguration,
  'get configuration': configurations.getConfiguration,
  'list connections': api.listConnections,
  'clean up': api.cleanUp,
  'get connector': api.getConnector,
  'get token': configurations.getToken,
  manage: configurations.manage,
  connect: control.connect,
  disconnect: control.disconnect,
  reconnect: control.reconnectConnector,
  drain: control.drainConnector,
  advance: control.advance,
  save: states.save,
  restore: states.restore,
  rewrite: states.rewrite,
  reset: states.reset,
}

/** Runs operations on an emulator and on the model, and throws at the first difference. */
export async function play(subject: Subject, operations: readonly Operation[]): Promise<void> {
  const start: Model = { now: 0, tunnels: factsOf(await subject.dump()), due: [] }
  const stage: Stage = { subject, model: start, snapshots: new Map(), seed: { now: 0, tunnels: [], due: [] } }
  for (const operation of operations) {
    const step = STEPS[operation.do] as (stage: Stage, operation: Operation) => Promise<void>
    await step(stage, operation)
    advanceTo(stage.model, stage.model.now)
    const dump: State = await subject.dump()
    expect(byId(factsOf(dump))).toEqual(byId(stage.model.tunnels))
    expectValidWorld(dump)
  }
}

function byId<T extends { readonly id: string }>(items: readonly T[]) {
  return Object.fromEntries(items.map(item => [item.id, item]))
}
