import type { Configuration } from '../../../schemas/configuration.ts'
import type { ConfigurationRecord, TunnelRecord } from '../../../schemas/records.ts'
import type { DatedChanges } from '../../evidence/dated-changes.ts'
import type { Unconfigured } from './rules.ts'

/** (recorded: configuration_answer) */
export function presentConfiguration(
  { id, account_tag }: TunnelRecord,
  { version, config, source, created_at }: ConfigurationRecord | Unconfigured,
  changes: DatedChanges,
): Configuration {
  return {
    tunnel_id: id,
    version,
    config,
    source,
    created_at,
    ...(changes.configuration_account_id && { account_id: account_tag }),
  }
}
