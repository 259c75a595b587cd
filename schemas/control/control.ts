import type { Models } from './models.ts'
import { defaultInputOf } from './operation.ts'
import { OPERATION_NAMES, OPERATIONS, type OperationName } from './operations.ts'

/**
 * The type of a model's values. TypeBox's own `Static` first compares the whole model with a general
 * one, which TypeScript 5.9 and 6.0 give up (TS2589).
 */
type Value<Name> = Name extends keyof Models
  ? Models[Name] extends { readonly static: infer Value }
    ? Value
    : never
  : unknown

type Named<Name extends OperationName, Part extends string> =
  (typeof OPERATIONS)[Name] extends Readonly<Record<Part, infer Model>> ? Value<Model> : unknown

/** The input of an operation: the keys of path, query and body in one object. */
export type Input<Name extends OperationName> = Named<Name, 'params'> & Named<Name, 'query'> & Named<Name, 'body'>

export type Result<Name extends OperationName> = Named<Name, 'result'>

/** May be left out where each key may, unless the operation says otherwise. */
type Arguments<Name extends OperationName, Given = Input<Name>> = (typeof OPERATIONS)[Name] extends {
  requires_body: 'always'
}
  ? [input: Given]
  : Record<never, never> extends Given
    ? [input?: Given]
    : [input: Given]

/**
 * The control plane as an object: each operation resolves as over HTTP, or rejects with a
 * ControlError.
 */
export type Control = {
  readonly [Name in OperationName]: (...input: Arguments<Name>) => Promise<Result<Name>>
}

/** Builds the object from one function that runs any operation. */
export function createControl(run: (name: OperationName, input: unknown) => Promise<unknown>): Control {
  const functions = OPERATION_NAMES.map(
    name => [name, (input: unknown = defaultInputOf(OPERATIONS[name])) => run(name, input)] as const,
  )
  // The compiler cannot follow that each name gets the types of its own operation.
  return Object.fromEntries(functions) as Control
}
