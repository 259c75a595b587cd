import type { ConfigurationRecord, Moment, TunnelRecord } from '../../../schemas/records.ts'
import type { World } from '../../world/world.ts'
import { insertConfiguration, removeOldConfigurations } from './store.ts'

/**
 * Stores the next version of a configuration, and removes the versions that the world does not keep.
 * By default it keeps all.
 */
export function addVersion(
  { db, keep_configurations }: World,
  tunnel: TunnelRecord,
  configuration: ConfigurationRecord,
  moment: Moment,
): void {
  if (keep_configurations === undefined) {
    insertConfiguration(db, tunnel, configuration)
    return
  }
  db.transaction(() => {
    insertConfiguration(db, tunnel, configuration)
    removeOldConfigurations(db, tunnel, keep_configurations, moment)
  })
}
