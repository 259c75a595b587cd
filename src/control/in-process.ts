import type { Action, Context } from './action.ts'
import { ACTIONS, type ActionName } from './actions.ts'
import { perform } from './run-action.ts'

type InputOf<A> = A extends Action<infer Input, unknown> ? Input : never
type ResultOf<A> = A extends Action<never, infer Result> ? Result : never

/** What an action takes; nothing at all where everything is optional. */
type Arguments<Input> = Record<never, never> extends Input ? [input?: Input] : [input: Input]

/** The control plane as an object: each verb takes one object and answers as over HTTP, or rejects with a ControlError. */
export type Control = {
  readonly [Name in ActionName]: (
    ...input: Arguments<InputOf<(typeof ACTIONS)[Name]>>
  ) => Promise<ResultOf<(typeof ACTIONS)[Name]>>
}

/** The verbs for one world; `contextOf` is asked anew for each, since a reset puts another world in its place. */
export function controlOf(contextOf: () => Context): Control {
  const verbs = Object.entries(ACTIONS).map(([name, action]) => [
    name,
    async (input: object = {}) => perform(action as Action, contextOf(), partsOf(action as Action, input)),
  ])
  return Object.fromEntries(verbs)
}

/** Each model gets the keys that it knows; what none knows is the body's to refuse. */
function partsOf({ params, query }: Action, input: object) {
  const keysOf = (model: Action['params']): string[] => Object.keys(model?.properties ?? {})
  const pick = (wanted: (key: string) => boolean) =>
    Object.fromEntries(Object.entries(input).filter(([key, value]) => wanted(key) && value !== undefined))

  const [path, search] = [keysOf(params), keysOf(query)]
  return {
    params: pick(key => path.includes(key)),
    query: pick(key => search.includes(key)),
    body: pick(key => !path.includes(key) && !search.includes(key)),
  }
}
