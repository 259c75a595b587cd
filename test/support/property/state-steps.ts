import { expect } from 'vitest'
import type { Model } from './facts.ts'
import type { OperationOf } from './operations.ts'
import { refusalOf, type Stage } from './stage.ts'

/** What is put back has no agenda: nothing happens by itself any more. */
function copyOf({ now, tunnels }: Model): Model {
  return { now, tunnels: structuredClone(tunnels), due: [] }
}

export async function save({ subject, model, snapshots }: Stage, { snapshot }: OperationOf<'save'>): Promise<void> {
  await subject.control.saveSnapshot({ name: snapshot })
  snapshots.set(snapshot, { dump: await subject.dump(), model: copyOf(model) })
}

export async function restore(stage: Stage, { snapshot }: OperationOf<'restore'>): Promise<void> {
  const { subject, snapshots } = stage
  const refusal = await refusalOf(subject.control.restoreSnapshot({ name: snapshot }))
  const saved = snapshots.get(snapshot)
  if (!saved) return expect(refusal).toBe('not_found')

  expect(refusal).toBeUndefined()
  expect(await subject.dump()).toEqual(saved.dump)
  stage.model = copyOf(saved.model)
}

export async function rewrite(stage: Stage): Promise<void> {
  const { subject, model } = stage
  const dump = await subject.dump()
  await subject.control.putState(dump)
  expect(await subject.dump()).toEqual(dump)
  stage.model = copyOf(model)
}

export async function reset(stage: Stage): Promise<void> {
  await stage.subject.control.reset()
  stage.model = copyOf(stage.seed)
}
