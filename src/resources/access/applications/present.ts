import type { AccessApplication, AccessAppRecord } from '../../../../schemas/access-application.ts'
import type { AccessAppPolicy } from '../../../../schemas/access-policy.ts'

/** An application with the keys of a recorded one (recorded: access_app_values). */
export function presentApp(app: AccessAppRecord, policies: AccessAppPolicy[]): AccessApplication {
  const { id, aud, settings, created_at, updated_at } = app
  return { id, uid: id, aud, ...settings, policies, created_at, updated_at }
}
