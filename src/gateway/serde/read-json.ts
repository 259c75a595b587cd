import type { TSchema } from '../../../schemas/typebox.ts'
import { readModelValue } from './model-value.ts'
import { END, Source } from './source.ts'

/**
 * Reads a body by its model. Throws a SerdeError for the first problem, with the words and the
 * position that serde_json gives it (inferred: body_wording). Keys that the model does not declare
 * are there without their values, unless the model is open.
 */
export function readJson(bytes: Buffer, schema: TSchema): unknown {
  const source = new Source(bytes)
  const value = readModelValue(source, schema)
  if (source.skipBlanks() !== END) source.failAtNext('trailing characters')
  return value
}
