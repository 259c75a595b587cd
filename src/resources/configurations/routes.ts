import { Configuration, ConfigurationUpdate } from '../../../schemas/configuration.ts'
import { TunnelPath } from '../../../schemas/identifiers.ts'
import { onGetConfiguration, onPutConfiguration } from '../../evidence/attribution.ts'
import { callerIn } from '../../gateway/auth.ts'
import { ok } from '../../gateway/envelope.ts'
import { type App, answers } from '../../gateway/route.ts'
import { visibleUntil } from '../stale-reads.ts'
import { tell } from '../tunnels/events.ts'
import { presentConfiguration } from '../tunnels/present.ts'
import { requireFound } from '../tunnels/rules.ts'
import { findTunnel, saveTunnel } from '../tunnels/store.ts'
import { currentConfiguration, managedByCloudflare, nextConfiguration } from './rules.ts'
import { insertConfiguration, latestConfiguration, latestVersion } from './store.ts'

const CONFIGURATIONS = '/accounts/:account_id/cfd_tunnel/:tunnel_id/configurations'
const tags = ['Configurations']

export function configurationRoutes(app: App): void {
  app.get(
    CONFIGURATIONS,
    {
      config: { need: 'read', refusals: ['tunnel_not_found', 'configuration_not_found'] },
      schema: {
        operationId: 'cloudflare-tunnel-configuration-get-configuration',
        summary: 'Get the configuration of a tunnel',
        description:
          'The version in force. Before the first one a remote tunnel has version 0; a local tunnel has none.',
        tags,
        params: TunnelPath,
        response: answers(Configuration),
      },
    },
    request => {
      const { world, params, lagMs } = request
      const { db, behaviour } = world
      const moment = world.moment()

      const tunnel = requireFound(findTunnel(db, params.account_id, params.tunnel_id, moment))
      const until = visibleUntil(moment.now, lagMs)
      const configuration = currentConfiguration(tunnel, latestConfiguration(db, tunnel), until)
      request.leaning = onGetConfiguration(configuration, behaviour, lagMs > 0)
      return ok(presentConfiguration(tunnel, configuration, behaviour))
    },
  )

  app.put(
    CONFIGURATIONS,
    {
      config: { need: 'write', refusals: ['tunnel_not_found', 'configuration_invalid'] },
      schema: {
        operationId: 'cloudflare-tunnel-configuration-put-configuration',
        summary: 'Put a new version of the configuration of a tunnel',
        description: 'Replaces everything, after the checks that cloudflared itself would make.',
        tags,
        params: TunnelPath,
        body: ConfigurationUpdate,
        response: answers(Configuration),
      },
    },
    request => {
      const { world, params, body, headers } = request
      const { db, behaviour } = world
      const moment = world.moment()

      const { tunnel, next } = db.transaction(() => {
        const found = requireFound(findTunnel(db, params.account_id, params.tunnel_id, moment))
        const rules = { now: moment.now, checkIngress: world.check_ingress, author: callerIn(headers) }
        const version = nextConfiguration(found, latestVersion(db, found), body.config, rules)
        insertConfiguration(db, found, version)
        const managed = managedByCloudflare(found)
        if (managed !== found) saveTunnel(db, managed)
        return { tunnel: found, next: version }
      })
      tell(world, 'configuration_published', tunnel, moment.now, { version: next.version })
      request.leaning = onPutConfiguration(tunnel, body.config ?? {}, behaviour, world.check_ingress)
      return ok(presentConfiguration(tunnel, next, behaviour))
    },
  )
}
