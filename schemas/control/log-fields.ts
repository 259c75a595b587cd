/** The fields that the request log and the requests to the gateway have in common. */
import { Nullable, Type } from '../typebox.ts'

export const DurationMs = Nullable(
  Type.Number({
    minimum: 0,
    description: 'Real time; null while the clock is frozen, so that equal requests get equal bytes.',
  }),
)

/** Which part of a log is read. */
export const LOG_RANGE = {
  after: Type.Optional(Type.Integer({ minimum: 0, description: 'Only entries after the entry with this id.' })),
  before: Type.Optional(Type.Integer({ minimum: 1, description: 'Only entries before the entry with this id.' })),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'Maximum number of entries: the oldest with `after`, otherwise the newest.',
    }),
  ),
}
