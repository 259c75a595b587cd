import { CLOSED, type Static, TextEnum, Type } from '../typebox.ts'

/** What the control plane will not do; in a shape of its own, so that nobody takes it for an error of Cloudflare's. */
export const ControlFailure = Type.Object(
  {
    error: Type.Object(
      {
        code: TextEnum(['invalid', 'forbidden', 'not_found', 'refused', 'storage_failed', 'internal']),
        message: Type.String(),
      },
      CLOSED,
    ),
  },
  { ...CLOSED, title: 'ControlFailure' },
)
export type ControlFailure = Static<typeof ControlFailure>
