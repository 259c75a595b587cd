import type { Schema } from '../store/schema.ts'
import type { StateFormat } from './state-format.ts'

/** How the data of a world is stored and described. The tables belong to the resources, so it is handed in. */
export interface WorldData extends StateFormat {
  readonly schema: Schema
}
