import { AccessTime, pageParameters } from './access-common.ts'
import { labelled } from './evidence.ts'
import { CLOSED, OPEN, type Static, Type } from './typebox.ts'

export const AccessTagInput = Type.Object(
  { name: Type.String({ minLength: 1 }) },
  { ...labelled('documented'), examples: [{ name: 'my-tag' }] },
)
export type AccessTagInput = Static<typeof AccessTagInput>

export const AccessTag = Type.Object(
  {
    name: Type.String(),
    app_count: Type.Integer({ minimum: 0, description: 'How many applications have it.' }),
    created_at: AccessTime,
    updated_at: AccessTime,
  },
  { ...CLOSED, ...labelled('recorded'), title: 'AccessTag' },
)
export type AccessTag = Static<typeof AccessTag>

export const AccessTagListQuery = Type.Object(pageParameters(50), OPEN)

export const DeletedAccessTag = Type.Object({ name: Type.String() }, { ...CLOSED, ...labelled('documented') })

/** A tag as the database stores it. */
export interface AccessTagRecord {
  readonly account_id: string
  readonly name: string
  readonly created_at: string
  readonly updated_at: string
}
