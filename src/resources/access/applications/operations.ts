import type { FastifyRequest } from 'fastify'
import type { AccessAppInput, AccessAppRecord } from '../../../../schemas/access-application.ts'
import { AccessId } from '../../../../schemas/access-common.ts'
import { problemWith } from '../../../../schemas/check.ts'
import { throwApiError } from '../../../gateway/api-error.ts'
import type { Database } from '../../../store/database.ts'
import { ACCESS_ERRORS } from '../errors.ts'
import { emitAccessEvent, requireFound } from '../family.ts'
import { deleteUnusedOwnPolicies, replaceLinks } from '../policies/store.ts'
import { inSeconds } from '../seconds.ts'
import { tagsOf } from '../tags/store.ts'
import { setPolicies } from './policies.ts'
import { appSettingsOf, requireFreeDestinations, requireHostnamesIn, requireKnownTags } from './rules.ts'
import { appsOf, deleteApp, findApp, saveApp } from './store.ts'
import { zoneNamesOf } from './zone-names.ts'

type Context = Pick<FastifyRequest, 'world' | 'moment' | 'noted_behaviours'>

interface AppKey {
  readonly account_id: string
  readonly app_id: string
}

/** An id that is no UUID has its own error (inferred: access_app_id_malformed). */
export function requireApp(db: Database, { account_id, app_id }: AppKey): AccessAppRecord {
  if (problemWith(AccessId, app_id)) throwApiError(ACCESS_ERRORS.access_app_id_malformed)
  return requireFound(findApp(db, account_id, app_id))
}

export function addApp(context: Context, account_id: string, input: AccessAppInput): AccessAppRecord {
  const { ids, db } = context.world
  const now = inSeconds(context.moment.now)
  const app = db.transaction(() => {
    const created = {
      id: ids.uuid(),
      account_id,
      aud: ids.bytes(32).toString('hex'),
      settings: appSettingsOf(input),
      created_at: now,
      updated_at: now,
    }
    store(context, created, input)
    return created
  })
  emitAccessEvent(context, 'access_app_created', app)
  return app
}

/** Keeps `id`, `aud` and `created_at` (documented: access_put_replaces). */
export function changeApp(context: Context, key: AppKey, input: AccessAppInput): AccessAppRecord {
  const { db } = context.world
  const app = db.transaction(() => {
    const found = requireApp(db, key)
    const changed = { ...found, settings: appSettingsOf(input), updated_at: inSeconds(context.moment.now) }
    store(context, changed, input)
    return changed
  })
  emitAccessEvent(context, 'access_app_updated', app)
  return app
}

export function removeApp(context: Context, key: AppKey): AccessAppRecord {
  const { db } = context.world
  const app = db.transaction(() => {
    const found = requireApp(db, key)
    replaceLinks(db, found.id, [])
    deleteUnusedOwnPolicies(db, found.id)
    deleteApp(db, found.id)
    return found
  })
  emitAccessEvent(context, 'access_app_deleted', app)
  return app
}

/** Without `policies`, an update keeps those of before (inferred: access_put_keeps_policies). */
function store(context: Context, app: AccessAppRecord, { policies }: AccessAppInput): void {
  const { db } = context.world
  const { account_id, id, settings } = app
  requireHostnamesIn(zoneNamesOf(context, account_id), settings)
  requireFreeDestinations(
    settings,
    appsOf(db, account_id).filter(other => other.id !== id),
  )
  requireKnownTags(
    settings,
    tagsOf(db, account_id).map(({ name }) => name),
  )
  saveApp(db, app)
  if (policies) setPolicies(context, app, policies)
}
