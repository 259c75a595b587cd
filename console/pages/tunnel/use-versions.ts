import type { ConfigurationVersion } from '../../../schemas/control/configuration.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { call } from '../../data/control.ts'
import { type Resource, useResource } from '../../data/resource.ts'
import { changesOf } from './changes.ts'

/** The versions of the configuration of a tunnel, the oldest first. */
export function useVersions({ account_id, tunnel_id }: OverviewTunnel): Resource<readonly ConfigurationVersion[]> {
  return useResource(() => call('listConfigurations', { account_id, tunnel_id }), {
    key: tunnel_id,
    changes: changesOf(tunnel_id, 'configuration_published'),
  })
}
