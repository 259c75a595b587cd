import { expect } from 'vitest'
import type { Model } from './facts.ts'
import type { OperationOf } from './operations.ts'
import { refusalOf, type Stage } from './stage.ts'

/** A restored world has no scheduled jobs. */
function withoutJobs({ now, tunnels }: Model): Model {
  return { now, tunnels: structuredClone(tunnels), due: [] }
}

export async function save({ subject, model, snapshots }: Stage, { snapshot }: OperationOf<'save'>): Promise<void> {
  await subject.control.saveSnapshot({ name: snapshot })
  snapshots.set(snapshot, { dump: await subject.dump(), model: withoutJobs(model) })
}

export async function restore(stage: Stage, { snapshot }: OperationOf<'restore'>): Promise<void> {
  const { subject, snapshots } = stage
  const refusal = await refusalOf(subject.control.restoreSnapshot({ name: snapshot }))
  const saved = snapshots.get(snapshot)
  if (!saved) return expect(refusal).toBe('not_found')

  expect(refusal).toBeUndefined()
  expect(await subject.dump()).toEqual(saved.dump)
  stage.model = withoutJobs(saved.model)
}

export async function rewrite(stage: Stage): Promise<void> {
  const { subject, model } = stage
  const dump = await subject.dump()
  await subject.control.putState(dump)
  expect(await subject.dump()).toEqual(dump)
  stage.model = withoutJobs(model)
}

export async function reset(stage: Stage): Promise<void> {
  await stage.subject.control.reset()
  stage.model = withoutJobs(stage.seed)
}
