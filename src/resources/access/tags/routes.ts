import type { FastifyRequest } from 'fastify'
import { AccessTagPath } from '../../../../schemas/access-common.ts'
import {
  AccessTag,
  AccessTagInput,
  AccessTagListQuery,
  type AccessTagRecord,
  DeletedAccessTag,
} from '../../../../schemas/access-tag.ts'
import { AccountPath } from '../../../../schemas/identifiers.ts'
import { throwApiError } from '../../../gateway/api-error.ts'
import { ok } from '../../../gateway/envelope.ts'
import { noteBehaviour } from '../../../gateway/evidence-header.ts'
import type { App } from '../../../gateway/route.ts'
import type { Database } from '../../../store/database.ts'
import { WITH_BODY } from '../body.ts'
import { ACCESS_ERRORS } from '../errors.ts'
import { emitAccessEvent, models, pageOf, requireFound } from '../family.ts'
import { ACCESS_OPERATIONS as OPERATIONS } from '../operation-ids.ts'
import { APPS_READ, APPS_WRITE } from '../permissions.ts'
import { inSeconds } from '../seconds.ts'
import { appsWithTag, replaceTag } from './apps.ts'
import { deleteTag, findTag, insertTag, renameTag, tagsOf } from './store.ts'

const COLLECTION = '/accounts/:account_id/access/tags'
const ITEM = `${COLLECTION}/:tag_name`
const tags = ['Access tags']
const { access_not_found, access_tag_exists, access_body_invalid } = ACCESS_ERRORS

export function tagRoutes(app: App): void {
  app.get(
    COLLECTION,
    {
      config: { permission: APPS_READ },
      schema: {
        operationId: OPERATIONS.list_tags,
        summary: 'List tags',
        description: 'Returns the tags of an account, oldest first, page by page.',
        tags,
        params: AccountPath,
        querystring: AccessTagListQuery,
        response: models.page(AccessTag),
      },
    },
    ({ world, params, query }) =>
      pageOf(
        tagsOf(world.db, params.account_id).map(tag => presentTag(world.db, tag)),
        query,
      ),
  )

  app.post(
    COLLECTION,
    {
      ...WITH_BODY,
      config: { permission: APPS_WRITE, errors: [access_tag_exists, access_body_invalid] },
      schema: {
        operationId: OPERATIONS.create_tag,
        summary: 'Create a tag',
        description: 'Creates a tag that applications can have.',
        tags,
        params: AccountPath,
        body: AccessTagInput,
        response: models.created(AccessTag),
      },
    },
    (request, reply) => {
      const { world, moment, params, body } = request
      const now = inSeconds(moment.now)
      const tag = { account_id: params.account_id, name: body.name, created_at: now, updated_at: now }
      world.db.transaction(() => {
        requireFreeName(world.db, tag)
        insertTag(world.db, tag)
      })
      emitTagEvent(request, 'access_tag_created', tag)
      reply.code(201)
      return ok(presentTag(world.db, tag))
    },
  )

  app.get(
    ITEM,
    {
      config: { permission: APPS_READ, errors: [access_not_found] },
      schema: {
        operationId: OPERATIONS.get_tag,
        summary: 'Get a tag',
        description: 'Returns one tag.',
        tags,
        params: AccessTagPath,
        response: models.ok(AccessTag),
      },
    },
    request => ok(presentTag(request.world.db, requireTag(request))),
  )

  app.put(
    ITEM,
    {
      ...WITH_BODY,
      config: { permission: APPS_WRITE, errors: [access_not_found, access_tag_exists, access_body_invalid] },
      schema: {
        operationId: OPERATIONS.update_tag,
        summary: 'Update a tag',
        description: 'Renames a tag, also in its applications.',
        tags,
        params: AccessTagPath,
        body: AccessTagInput,
        response: models.ok(AccessTag),
      },
    },
    request => {
      const { moment, body } = request
      const { db } = request.world
      const updated_at = inSeconds(moment.now)
      const tag = db.transaction(() => {
        const found = requireTag(request)
        const renamed = { ...found, name: body.name, updated_at }
        if (renamed.name !== found.name) requireFreeName(db, renamed)
        replaceTag(db, found, body.name)
        renameTag(db, found, body.name, updated_at)
        return renamed
      })
      noteBehaviour(request, 'access_tag_follows')
      emitTagEvent(request, 'access_tag_updated', tag)
      return ok(presentTag(db, tag))
    },
  )

  app.delete(
    ITEM,
    {
      config: { permission: APPS_WRITE, errors: [access_not_found] },
      schema: {
        operationId: OPERATIONS.delete_tag,
        summary: 'Delete a tag',
        description: 'Deletes a tag and removes it from its applications.',
        tags,
        params: AccessTagPath,
        response: models.accepted(DeletedAccessTag),
      },
    },
    (request, reply) => {
      const { db } = request.world
      const tag = db.transaction(() => {
        const found = requireTag(request)
        replaceTag(db, found)
        deleteTag(db, found)
        return found
      })
      noteBehaviour(request, 'access_tag_follows')
      emitTagEvent(request, 'access_tag_deleted', tag)
      reply.code(202)
      return ok({ name: tag.name })
    },
  )
}

type TagRequest = Pick<FastifyRequest, 'world'> & { readonly params: { account_id: string; tag_name: string } }

function requireTag({ world, params }: TagRequest): AccessTagRecord {
  return requireFound(findTag(world.db, params.account_id, params.tag_name))
}

/** Tags of an account have different names (assumed: access_tag_exists). */
function requireFreeName(db: Database, { account_id, name }: AccessTagRecord): void {
  if (findTag(db, account_id, name)) throwApiError(access_tag_exists)
}

/** A tag with the keys of a recorded one (recorded: access_tag_values). */
function presentTag(db: Database, tag: AccessTagRecord): AccessTag {
  const { name, created_at, updated_at } = tag
  return { name, app_count: appsWithTag(db, tag).length, created_at, updated_at }
}

type TagEvent = 'access_tag_created' | 'access_tag_updated' | 'access_tag_deleted'

function emitTagEvent(request: FastifyRequest, type: TagEvent, { account_id, name }: AccessTagRecord): void {
  emitAccessEvent(request, type, { account_id, id: name })
}
