import { Configuration, ConfigurationUpdate } from '../../schemas/configuration.ts'
import { TunnelPath } from '../../schemas/identifiers.ts'
import { currentConfiguration, managedByCloudflare, nextConfiguration } from '../domain/configurations.ts'
import { requireFound } from '../domain/tunnels.ts'
import { ok } from './envelope.ts'
import { presentConfiguration } from './present.ts'
import { type App, answers } from './route.ts'

const CONFIGURATIONS = '/accounts/:account_id/cfd_tunnel/:tunnel_id/configurations'
const tags = ['Configurations']

export const configurationRoutes = (app: App): void => {
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
    ({ world, params }) => {
      const { store, behaviour } = world

      const tunnel = requireFound(store.tunnels.find(params.account_id, params.tunnel_id, world.moment()))
      const configuration = currentConfiguration(tunnel, store.configurations.latest(tunnel))
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
    ({ world, params, body }) => {
      const { store, behaviour } = world
      const moment = world.moment()

      return store.transaction(() => {
        const tunnel = requireFound(store.tunnels.find(params.account_id, params.tunnel_id, moment))
        const rules = { now: moment.now, checkIngress: world.check_ingress }
        const next = nextConfiguration(tunnel, store.configurations.latest(tunnel), body.config, rules)
        store.configurations.insert(tunnel, next)
        store.tunnels.update(managedByCloudflare(tunnel))
        return ok(presentConfiguration(tunnel, next, behaviour))
      })
    },
  )
}
