import { Configuration, ConfigurationUpdate } from '../../../schemas/configuration.ts'
import { TunnelPath } from '../../../schemas/identifiers.ts'
import { authorOf } from '../../gateway/auth.ts'
import { ok } from '../../gateway/envelope.ts'
import { noteBehaviour } from '../../gateway/evidence-header.ts'
import { type App, responseModels } from '../../gateway/route.ts'
import { visibleUntil } from '../stale-reads.ts'
import { TUNNEL_ERRORS } from '../tunnels/errors.ts'
import { emitTunnelEvent } from '../tunnels/events.ts'
import { OPERATIONS } from '../tunnels/operation-ids.ts'
import { TUNNEL_READ, TUNNEL_WRITE } from '../tunnels/permissions.ts'
import { requireTunnel } from '../tunnels/rules.ts'
import { findTunnel, saveTunnel } from '../tunnels/store.ts'
import { CONFIGURATION_ERRORS } from './errors.ts'
import { presentConfiguration } from './present.ts'
import { currentConfiguration, managedByCloudflare, nextConfiguration, requireConfigurable } from './rules.ts'
import { latestConfiguration, latestVersion } from './store.ts'
import { addVersion } from './versions.ts'

const CONFIGURATIONS = '/accounts/:account_id/cfd_tunnel/:tunnel_id/configurations'
const tags = ['Configurations']

export function configurationRoutes(app: App): void {
  app.get(
    CONFIGURATIONS,
    {
      config: { permission: TUNNEL_READ, errors: [CONFIGURATION_ERRORS.configuration_not_found], can_lag: true },
      schema: {
        operationId: OPERATIONS.get_configuration,
        summary: 'Get the configuration of a tunnel',
        description:
          'Returns the current version. Before the first PUT a remote tunnel has version 0, and a local tunnel has none.',
        tags,
        params: TunnelPath,
        response: responseModels(Configuration),
      },
    },
    request => {
      const { world, moment, params, stale_ms } = request
      const { db, changes } = world

      const tunnel = requireConfigurable(findTunnel(db, params.account_id, params.tunnel_id, moment))
      const until = visibleUntil(moment.now, stale_ms)
      const configuration = currentConfiguration(tunnel, latestConfiguration(db, tunnel), until)
      return ok(presentConfiguration(tunnel, configuration, changes))
    },
  )

  app.put(
    CONFIGURATIONS,
    {
      config: {
        permission: TUNNEL_WRITE,
        errors: [
          TUNNEL_ERRORS.tunnel_not_found,
          TUNNEL_ERRORS.tunnel_deleted,
          CONFIGURATION_ERRORS.configuration_invalid,
        ],
      },
      schema: {
        operationId: OPERATIONS.put_configuration,
        summary: 'Put a new version of the configuration of a tunnel',
        description: 'Replaces the configuration, after the checks of cloudflared.',
        tags,
        params: TunnelPath,
        body: ConfigurationUpdate,
        response: responseModels(Configuration),
      },
    },
    request => {
      const { world, moment, params, body, headers } = request
      const { db, changes } = world

      const { tunnel, next } = db.transaction(() => {
        const found = requireTunnel(findTunnel(db, params.account_id, params.tunnel_id, moment))
        const rules = { now: moment.now, checkIngress: world.check_ingress, author: authorOf(headers) }
        const version = nextConfiguration(found, latestVersion(db, found), body.config, rules)
        addVersion(world, found, version, moment)
        const managed = managedByCloudflare(found)
        if (managed !== found) saveTunnel(db, managed)
        return { tunnel: found, next: version }
      })
      emitTunnelEvent(world, 'configuration_published', tunnel, moment.now, { version: next.version })
      if (tunnel.config_src === 'local') noteBehaviour(request, 'configuration_migrates')
      return ok(presentConfiguration(tunnel, next, changes))
    },
  )
}
