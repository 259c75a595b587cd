import { CLOSED, type Static, TextEnum, Type } from '../typebox.ts'
import { CONTROL_ERROR_CODES } from './control-error.ts'

/** Its shape differs from the envelope, so that nobody mistakes it for an error of Cloudflare's. */
export const ControlFailure = Type.Object(
  { error: Type.Object({ code: TextEnum(CONTROL_ERROR_CODES), message: Type.String() }, CLOSED) },
  { ...CLOSED, title: 'ControlFailure' },
)
export type ControlFailure = Static<typeof ControlFailure>
