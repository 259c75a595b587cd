/** The parts of fault rules that do not depend on what they match. */
import { CLOSED, type Static, type TObject, Type } from '../typebox.ts'
import { Duration } from './clock.ts'

/** An hour: longer than any client waits. */
export const MAX_FAULT_MS = 3_600_000

export function Millis(description: string) {
  return Type.Integer({ minimum: 1, maximum: MAX_FAULT_MS, description })
}

type OneOf<T> = { [Key in keyof T]: Pick<T, Key> }[keyof T]

/** One object with exactly one key, not a union: so an error names the place in it. */
export function ExactlyOne<T extends TObject>(all: T, options: object) {
  return Type.Unsafe<OneOf<Static<T>>>(Type.Partial(all, { ...CLOSED, minProperties: 1, maxProperties: 1, ...options }))
}

function Count(description: string) {
  return Type.Optional(Type.Integer({ minimum: 1, description }))
}

/** Which of the calls that a rule matches it acts on. */
export const SELECTION = {
  nth: Count('Only this one of the matching calls, counted from 1.'),
  every: Count('Every nth of the matching calls.'),
  after: Count('Lets so many matching calls pass first.'),
  times: Count('Acts so often, then no more. Default: no limit.'),
  ttl: Type.Optional(Duration),
  probability: Type.Optional(
    Type.Number({ minimum: 0, maximum: 1, description: 'Probability of the fault; requires a random seed.' }),
  ),
}
