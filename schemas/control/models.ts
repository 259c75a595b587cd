import type { TSchema } from '../typebox.ts'
import * as models from './all-models.ts'

export type Models = typeof models

export type ModelName = { [Name in keyof Models]: Models[Name] extends TSchema ? Name : never }[keyof Models]

export const MODELS: Readonly<Record<ModelName, TSchema>> = { ...models }
