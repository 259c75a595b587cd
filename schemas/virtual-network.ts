import { labelled } from './evidence.ts'
import { AccountId } from './identifiers.ts'
import { PAGE } from './page.ts'
import { Timestamp } from './timestamp.ts'
import { CLOSED, Nullable, type Static, Type } from './typebox.ts'

declare module './control/event.ts' {
  interface EventTypes {
    virtual_network_created: true
    virtual_network_updated: true
    virtual_network_deleted: true
  }
}

export const VirtualNetworkId = Type.String({
  title: 'VirtualNetworkId',
  description: 'UUID of the virtual network.',
  format: 'uuid',
  maxLength: 36,
  examples: ['f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'],
})

export const VirtualNetworkPath = Type.Object({ account_id: AccountId, virtual_network_id: VirtualNetworkId })

export type VirtualNetworkPath = Static<typeof VirtualNetworkPath>

/** The keys (recorded: virtual_network_answer). */
export const VirtualNetwork = Type.Object(
  {
    id: VirtualNetworkId,
    name: Type.String(),
    is_default_network: Type.Boolean({ description: 'Whether routes without a virtual network belong to it.' }),
    comment: Type.String(),
    created_at: Timestamp,
    deleted_at: Nullable(Timestamp),
  },
  { ...CLOSED, ...labelled('recorded'), title: 'VirtualNetwork' },
)
export type VirtualNetwork = Static<typeof VirtualNetwork>

/** (documented: virtual_network_lengths) (assumed: virtual_network_name) */
export const VirtualNetworkName = Type.String({ minLength: 1, maxLength: 256, examples: ['us-east-1-vpc'] })
export const VirtualNetworkComment = Type.String({ maxLength: 256, description: 'A remark; empty by default.' })

const CHANGEABLE = {
  comment: Type.Optional(VirtualNetworkComment),
  is_default_network: Type.Optional(Type.Boolean({ description: 'true makes it the default network of the account.' })),
  is_default: Type.Optional(
    Type.Boolean({ ...labelled('client'), deprecated: true, description: 'The older name of `is_default_network`.' }),
  ),
}

export const VirtualNetworkCreate = Type.Object(
  { name: VirtualNetworkName, ...CHANGEABLE },
  { ...labelled('documented'), title: 'VirtualNetworkCreate', examples: [{ name: 'us-east-1-vpc' }] },
)
export type VirtualNetworkCreate = Static<typeof VirtualNetworkCreate>

export const VirtualNetworkUpdate = Type.Object(
  { name: Type.Optional(VirtualNetworkName), ...CHANGEABLE },
  { ...labelled('documented'), title: 'VirtualNetworkUpdate', examples: [{ comment: 'Staging' }] },
)
export type VirtualNetworkUpdate = Static<typeof VirtualNetworkUpdate>

const IS_DEFAULT = 'true: only the default network. false: only the others.'

export const VirtualNetworkListQuery = Type.Object(
  {
    id: Type.Optional(VirtualNetworkId),
    name: Type.Optional(Type.String({ description: 'Exactly this name.' })),
    is_default_network: Type.Optional(Type.Boolean({ description: IS_DEFAULT })),
    is_default: Type.Optional(Type.Boolean({ deprecated: true, description: IS_DEFAULT })),
    is_deleted: Type.Optional(
      Type.Boolean({ description: 'true: only deleted networks. false or absent: only those that are not deleted.' }),
    ),
    ...PAGE,
  },
  labelled('documented'),
)
export type VirtualNetworkListQuery = Static<typeof VirtualNetworkListQuery>

export const VirtualNetworkDeleteQuery = Type.Object({
  force: Type.Optional(
    Type.Boolean({
      ...labelled('client'),
      description: 'Delete its routes too. Sent by `cloudflared … vnet delete -f`.',
    }),
  ),
})

/** A virtual network as the database stores it. */
export interface VirtualNetworkRecord extends VirtualNetwork {
  readonly account_id: string
}
