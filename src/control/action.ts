import type { Static, TSchema } from '../../schemas/typebox.ts'
import type { World } from '../world/world.ts'
import type { Worlds } from '../worlds/registry.ts'

/** What an action works on: the world that was addressed, and all of them. */
export interface Context {
  readonly world: World
  readonly worlds: Worlds
  /** Where the server is reached, without a slash at the end; empty when it does not listen. */
  readonly url: string
}

/**
 * A verb of the control plane: over HTTP below /_mockflared, and in the library under its own name. What it takes is one
 * object; over HTTP its keys come from path, query and body.
 */
export interface Action<Input = never, Result = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly result: TSchema
  readonly run: (context: Context, input: Input) => Result | Promise<Result>
}

type StaticOf<T> = T extends TSchema ? Static<T> : unknown

interface Models<P, Q, B, R> {
  readonly method: Action['method']
  readonly path: string
  readonly summary: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly result: R
}

/** Declares an action, so that what it takes and answers is typed by its models. */
export function action<
  R extends TSchema,
  P extends TSchema | undefined = undefined,
  Q extends TSchema | undefined = undefined,
  B extends TSchema | undefined = undefined,
>(
  models: Models<P, Q, B, R>,
  run: (context: Context, input: StaticOf<P> & StaticOf<Q> & StaticOf<B>) => Static<R> | Promise<Static<R>>,
): Action<StaticOf<P> & StaticOf<Q> & StaticOf<B>, Static<R>> {
  return { ...(models as Omit<Action, 'run'>), run }
}
