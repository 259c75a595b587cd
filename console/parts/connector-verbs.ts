/** What can be done to a connector. */
import type { Connector } from '../../schemas/control/connector.ts'
import type { OverviewTunnel } from '../../schemas/control/overview.ts'
import { type Action, action } from '../data/act.ts'
import { HEALTHY_CONNECTIONS } from '../picture/past.ts'
import type { IconName } from './icon.tsx'

export interface ConnectorVerb {
  readonly label: string
  readonly icon: IconName
  /** What happens, in one short sentence. */
  readonly meaning: string
  readonly action: Action
  readonly isPossible: boolean
}

interface Address {
  readonly account_id: string
  readonly tunnel_id: string
}

/** A real connector is a process of its own: the server can only cut it off. */
export function verbsOf({ account_id, tunnel_id }: Address, connector: Connector): readonly ConnectorVerb[] {
  const address = { account_id, tunnel_id, connector_id: connector.id }
  const live = connector.connections.filter(({ state }) => state === 'live').length
  const pending = connector.connections.filter(({ state }) => state === 'pending').length
  const isSimulated = connector.kind === 'simulated'
  return [
    {
      label: 'Break',
      icon: 'unplug',
      meaning: 'Connections drop, pending reconnect.',
      action: action('disconnectConnector', { ...address, graceful: false }) as Action,
      isPossible: live > 0,
    },
    {
      label: 'Stop',
      icon: 'stop',
      meaning: 'cloudflared closes its connections.',
      action: action('disconnectConnector', { ...address, graceful: true }) as Action,
      isPossible: isSimulated && live + pending > 0,
    },
    {
      label: 'Drain',
      icon: 'drain',
      meaning: 'Connections close one second apart.',
      action: action('drainConnector', address) as Action,
      isPossible: isSimulated && live > 0,
    },
    {
      label: 'Flap 10 s',
      icon: 'flap',
      meaning: 'Connections drop for ten seconds.',
      action: action('flapConnector', { ...address, down_for: '10s' }) as Action,
      isPossible: live > 0,
    },
    {
      label: 'Reconnect',
      icon: 'plug',
      meaning: `Back to ${HEALTHY_CONNECTIONS} live connections.`,
      action: action('reconnectConnector', address) as Action,
      isPossible: isSimulated && live < HEALTHY_CONNECTIONS,
    },
  ]
}

/** Another connector like the latest one. */
export function addingTo({ account_id, tunnel_id, connectors }: OverviewTunnel): ConnectorVerb {
  const { colos, version } = connectors.at(-1) ?? {}
  return {
    label: 'Add connector',
    icon: 'plus',
    meaning: 'Another cloudflared runs this tunnel.',
    action: action('connectConnector', {
      account_id,
      tunnel_id,
      ...(colos && { colos: [...colos] }),
      ...(version !== undefined && { version }),
    }) as Action,
    isPossible: true,
  }
}
