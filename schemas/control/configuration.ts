import { TunnelConfig } from '../configuration.ts'
import { Timestamp } from '../timestamp.ts'
import { ConfigSource } from '../tunnel.ts'
import { CLOSED, type Static, Type } from '../typebox.ts'

export const Difference = Type.Object(
  {
    field: Type.String({ examples: ['ingress[0].service'] }),
    before: Type.Optional(Type.Unknown()),
    after: Type.Optional(Type.Unknown()),
  },
  {
    ...CLOSED,
    title: 'Difference',
    description: 'Without `before` the field was added, without `after` it was removed.',
  },
)
export type Difference = Static<typeof Difference>

export const ConfigurationVersion = Type.Object(
  {
    version: Type.Integer({ minimum: 0 }),
    source: ConfigSource,
    created_at: Timestamp,
    author: Type.String(),
    config: TunnelConfig,
    changes: Type.Array(Difference, { description: 'Compared with the version before it in the list.' }),
  },
  { ...CLOSED, title: 'ConfigurationVersion' },
)
export type ConfigurationVersion = Static<typeof ConfigurationVersion>

export const ConfigurationVersions = Type.Array(ConfigurationVersion)
