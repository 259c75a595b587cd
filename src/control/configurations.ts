import { ConfigurationVersion } from '../../schemas/control/configuration.ts'
import { TunnelAddress } from '../../schemas/control/connector.ts'
import { Type } from '../../schemas/typebox.ts'
import { configurationHistory } from '../resources/configurations/store.ts'
import { action } from './action.ts'
import { tunnelAt } from './find.ts'
import { differences } from './json-diff.ts'

export const listConfigurations = action(
  {
    method: 'GET',
    path: '/accounts/:account_id/tunnels/:tunnel_id/configurations',
    summary: 'List every version of a configuration, with what it changed',
    params: TunnelAddress,
    result: Type.Array(ConfigurationVersion),
  },
  ({ world }, address) => {
    const versions = configurationHistory(world.db, tunnelAt(world, address, world.moment()))
    return versions.map((version, index) => ({
      ...version,
      changes: [...differences(versions[index - 1]?.config ?? {}, version.config)],
    }))
  },
)
