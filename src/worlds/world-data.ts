import type { Schema } from '../store/schema.ts'
import type { StateFormat } from './state-format.ts'

/**
 * The schema and the state format of worlds. Resources define the tables, so the emulator passes
 * this in.
 */
export interface WorldData extends StateFormat {
  readonly schema: Schema
}
