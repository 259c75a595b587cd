import type { Finding } from '../../../schemas/control/lint.ts'
import type { Reader } from '../../store/database.ts'
import { liveTunnels } from '../tunnels/store.ts'
import { configurationProblem } from './rules.ts'
import { latestConfiguration } from './store.ts'

/**
 * Configurations that cloudflared refuses, such as one without a catch-all. Without rules it runs a
 * default.
 */
export function* lintConfigurations(db: Reader): Iterable<Finding | undefined> {
  for (const tunnel of liveTunnels(db)) {
    const { version, config } = latestConfiguration(db, tunnel) ?? {}
    const problem = config?.ingress?.length ? configurationProblem(config) : null
    yield problem === null
      ? undefined
      : {
          rule: 'configuration_refused',
          message: `cloudflared refuses version ${version} of the configuration of tunnel ${tunnel.name}: ${problem}`,
          account_id: tunnel.account_tag,
          id: tunnel.id,
          name: tunnel.name,
        }
  }
}
