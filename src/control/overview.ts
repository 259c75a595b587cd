import type { Input, Result } from '../../schemas/control/control.ts'
import type { OverviewTunnel } from '../../schemas/control/overview.ts'
import type { ConfigurationRecord, Moment } from '../../schemas/records.ts'
import { normalised } from '../../schemas/time.ts'
import { redacted, redactedText } from '../gateway/redaction.ts'
import { hostnamesOf } from '../resources/configurations/rules.ts'
import { latestConfiguration } from '../resources/configurations/store.ts'
import { statusOf } from '../resources/connections/rules.ts'
import { completeConnectorHistory } from '../resources/connections/simulation-store.ts'
import { accountName } from '../resources/sample-account.ts'
import type { TunnelWithConnectivity } from '../resources/tunnels/row.ts'
import { tunnelsWithConnectivity } from '../resources/tunnels/store.ts'
import type { Reader } from '../store/database.ts'
import { viewOf } from '../store/view.ts'
import { readClock } from './clock-reading.ts'
import type { Context } from './context.ts'
import { LargeResult } from './large-result.ts'
import { presentWithStatus } from './present.ts'

export function getOverview(
  { world }: Context,
  { deleted = false, tunnel_id, since }: Input<'getOverview'>,
): LargeResult<Result<'getOverview'>> {
  const { db, events } = world
  const moment = world.moment()
  const all = tunnelsWithConnectivity(db, moment)
  const tunnels = all
    .filter(({ deleted_at }) => deleted || deleted_at === null)
    .filter(({ id }) => tunnel_id === undefined || id === tunnel_id.toLowerCase())
  const first = since === undefined ? undefined : world.momentAt(normalised(since))
  const accounts = new Set(all.map(({ account_tag }) => account_tag))
  const view = viewOf(db)
  const content = {
    event_id: events.lastId(),
    clock: readClock(world, moment.now),
    accounts: [...accounts].map(id => ({ id, name: redactedText(accountName(db, id)) })),
    tunnels: overviewsOf(view, tunnels, moment, first),
  }
  return new LargeResult(content, view.release)
}

function* overviewsOf(
  db: Reader,
  tunnels: readonly TunnelWithConnectivity[],
  moment: Moment,
  since: Moment | undefined,
): Generator<OverviewTunnel> {
  for (const tunnel of tunnels) yield overviewOf(db, tunnel, moment, since)
}

/** Users choose names, hostnames, services and versions, and may have put a secret into them. */
function overviewOf(
  db: Reader,
  tunnel: TunnelWithConnectivity,
  moment: Moment,
  since: Moment | undefined,
): OverviewTunnel {
  const status = statusOf(tunnel)
  const configuration = latestConfiguration(db, tunnel)
  const connectors = completeConnectorHistory(db, tunnel, since)
  const overview: OverviewTunnel = {
    account_id: tunnel.account_tag,
    tunnel_id: tunnel.id,
    name: tunnel.name,
    status,
    config_src: tunnel.config_src,
    created_at: tunnel.created_at,
    deleted_at: tunnel.deleted_at,
    conns_active_at: tunnel.conns_active_at,
    conns_inactive_at: tunnel.conns_inactive_at,
    hostnames: hostnamesOf(configuration),
    configuration: configuration ? presentConfiguration(configuration) : null,
    connectors: connectors.map(connector => presentWithStatus(connector, status, moment)),
  }
  return redacted(overview) as OverviewTunnel
}

function presentConfiguration({ version, source, created_at, author, config }: ConfigurationRecord) {
  const rules = config.ingress ?? []
  return {
    version,
    source,
    created_at,
    author,
    rules: rules.map(({ hostname = null, path = null, service = null }) => ({ hostname, path, service })),
  }
}
