import type { TSchema } from './typebox.ts'

/** The properties of an option besides the model of its value. */
export interface OptionNotes {
  readonly description: string
  /** The placeholder after the flag in the help. */
  readonly valueName: string
  /** True if its value must never be printed. */
  readonly isSecret?: true
  /** Set if its value is the path of a file; lists the values that are not paths. */
  readonly notPaths?: readonly string[]
  /** A second name, which the help shows. */
  readonly alias?: string
  /** The value that `--no-NAME` stands for, beside the `false` of booleans. */
  readonly negation?: string
}

/** A model of a value, with the properties of its option. */
export function option<Model extends TSchema>(model: Model, notes: OptionNotes): Model & OptionNotes {
  return { ...model, ...notes }
}
