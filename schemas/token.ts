import { labelled } from './evidence.ts'
import { TunnelPath } from './identifiers.ts'
import { type Static, TextEnum, Type } from './typebox.ts'

export const TokenText = Type.String({
  ...labelled('recorded'),
  title: 'Token',
  description: 'A bare string.',
  examples: ['eyJhIjoiNWFiNGU5Z...'],
})
export type TokenText = Static<typeof TokenText>

/** Only `logs` is published. The path form has two more values (client: management_path). */
export const ManagementTokenCreate = Type.Object(
  { resources: Type.Array(TextEnum(['logs']), { description: 'The resources that the token gives access to.' }) },
  { ...labelled('documented'), title: 'ManagementTokenCreate', examples: [{ resources: ['logs'] }] },
)
export type ManagementTokenCreate = Static<typeof ManagementTokenCreate>

export const ManagementResource = TextEnum(['logs', 'admin', 'host_details'], { title: 'ManagementResource' })
export type ManagementResource = Static<typeof ManagementResource>

export const ManagementResourcePath = Type.Composite([TunnelPath, Type.Object({ resource: ManagementResource })])
export type ManagementResourcePath = Static<typeof ManagementResourcePath>
