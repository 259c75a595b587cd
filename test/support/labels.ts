/**
 * A tenth product, which proves that products can be added: labels for tunnels. It has its own
 * path, permission, table, state section, error, event and tunnel hooks.
 */
import { labelled } from '../../schemas/evidence.ts'
import { TunnelId } from '../../schemas/identifiers.ts'
import { type Static, Type } from '../../schemas/typebox.ts'
import { defineErrors, throwApiError } from '../../src/gateway/api-error.ts'
import type { RequiredPermission } from '../../src/gateway/credentials.ts'
import { ok } from '../../src/gateway/envelope.ts'
import { type App, responseModels } from '../../src/gateway/route.ts'
import { USER_SCOPE } from '../../src/gateway/scope.ts'
import type { Resource } from '../../src/resources/resource.ts'
import type { Database, Reader } from '../../src/store/database.ts'
import { type SectionPart, StateError } from '../../src/worlds/state-format.ts'

declare module '../../schemas/control/event.ts' {
  interface EventTypes {
    label_created: true
    label_deleted: true
  }
}

const Label = Type.Object({ tunnel_id: TunnelId, text: Type.String({ minLength: 1 }) }, labelled('assumed'))
type Label = Static<typeof Label>

const GROUPS = ['Labels']
const READ: RequiredPermission = { groups: GROUPS, access: 'read', scope: USER_SCOPE }
const WRITE: RequiredPermission = { groups: GROUPS, access: 'write', scope: USER_SCOPE }

const ERRORS = defineErrors({
  label_taken: {
    status: 409,
    evidence: 'assumed',
    source: 'a toy',
    errors: (text: string) => [{ code: 4711, message: `There is a label ${text} already` }],
  },
  tunnel_labelled: {
    status: 400,
    evidence: 'assumed',
    source: 'a toy',
    errors: () => [{ code: 4712, message: 'This tunnel has labels' }],
  },
})

function labelsIn(db: Reader): readonly Label[] {
  return db.all<Label>('SELECT tunnel_id, text FROM labels ORDER BY text')
}

function insertLabel(db: Database, { tunnel_id, text }: Label): void {
  db.run('INSERT INTO labels (tunnel_id, text) VALUES (?, ?)', tunnel_id, text)
}

function routes(app: App): void {
  app.get(
    '/user/labels',
    {
      config: { permission: READ },
      schema: {
        operationId: 'labels-list',
        summary: 'List labels',
        tags: ['Labels'],
        querystring: Type.Object({ text: Type.Optional(Type.String()) }, labelled('assumed')),
        response: responseModels(Type.Array(Label)),
      },
    },
    ({ world, query }) => ok(labelsIn(world.db).filter(({ text }) => query.text === undefined || text === query.text)),
  )

  app.post(
    '/user/labels',
    {
      config: { permission: WRITE, errors: [ERRORS.label_taken] },
      schema: {
        operationId: 'labels-create',
        summary: 'Create a label',
        tags: ['Labels'],
        body: Label,
        response: responseModels(Label),
      },
    },
    ({ world, body }) => {
      if (labelsIn(world.db).some(({ text }) => text === body.text)) throwApiError(ERRORS.label_taken, body.text)
      insertLabel(world.db, body)
      world.events.emit({ at: world.now(), type: 'label_created', tunnel_id: body.tunnel_id })
      return ok(body)
    },
  )
}

export const labels: Resource = {
  name: 'labels',
  tags: ['Labels'],
  routes,
  errors: ERRORS,
  evidence: {
    filter_text: {
      operations: ['labels-list'],
      statement: '`text` finds one label.',
      evidence: 'assumed',
      source: 'a toy',
    },
  },
  permission_groups: GROUPS,
  event_types: ['label_created', 'label_deleted'],
  lint_rules: [
    db =>
      labelsIn(db).flatMap(({ text }) =>
        text === text.toLowerCase()
          ? []
          : [{ rule: 'label_case', message: `label ${text} is not lower case`, id: text }],
      ),
  ],
  object_kinds: [{ noun: 'label', created: 'label_created', deleted: 'label_deleted', id: 'tunnel_id' }],
  migrations: ['CREATE TABLE labels (tunnel_id TEXT NOT NULL, text TEXT PRIMARY KEY) STRICT'],
  tables: ['labels'],
  sections: [
    {
      key: 'labels',
      model: Type.Array(Label),
      recordsOf: function* (parts: readonly SectionPart<readonly Label[]>[]) {
        for (const { where, content } of parts) {
          for (const [index, label] of content.entries()) {
            if (label.text === 'forbidden') throw new StateError(`${where}[${index}].text`, 'is forbidden')
            yield label
          }
        }
      },
      write: insertLabel,
      read: labelsIn,
    },
  ],
  onTunnelCreated: ({ db }, { id, name }) => {
    if (name.startsWith('auto-')) insertLabel(db, { tunnel_id: id, text: name })
    if (name === 'auto-') throwApiError(ERRORS.label_taken, name)
  },
  onTunnelDelete: ({ db }, { id }, { cascade }) => {
    const count = db.value<number>('SELECT count(*) FROM labels WHERE tunnel_id = ?', id) ?? 0
    if (count > 0 && !cascade) throwApiError(ERRORS.tunnel_labelled)
    db.run('DELETE FROM labels WHERE tunnel_id = ?', id)
  },
}
