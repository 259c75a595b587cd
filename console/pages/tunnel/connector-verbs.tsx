import type { Connector, ConnectorAddress } from '../../../schemas/control/connector.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { action } from '../../data/act.ts'
import { ActionButton } from '../../parts/button.tsx'
import { verbsOf } from '../../parts/connector-verbs.ts'
import { Toolbar } from '../../parts/toolbar.tsx'
import { trackedIn } from '../../picture/tracked.ts'

export function addressOf({ account_id, tunnel_id }: OverviewTunnel, { id }: Connector): ConnectorAddress {
  return { account_id, tunnel_id, connector_id: id }
}

interface VerbsProps {
  readonly tunnel: OverviewTunnel
  readonly connector: Connector
  readonly nth: number
}

/** What can be done to a connector. A real cloudflared stops and comes back by itself. */
export function ConnectorVerbs({ tunnel, connector, nth }: VerbsProps) {
  const [breaking, ...others] = verbsOf(tunnel, connector)
  const ofConnector = `of connector ${nth}`
  const breakOne = action('disconnectConnector', { ...addressOf(tunnel, connector), graceful: false, connections: 1 })
  const isLive = trackedIn(connector).some(({ state }) => state === 'live')
  return (
    <Toolbar label={`Actions ${ofConnector}`}>
      {breaking && (
        <ActionButton
          label={breaking.label}
          name={`${breaking.label} all connections ${ofConnector}`}
          icon={breaking.icon}
          kind="danger"
          title={breaking.meaning}
          isDisabled={!breaking.isPossible}
          action={breaking.action}
        />
      )}
      <ActionButton
        label="Break one"
        name={`Break one connection ${ofConnector}`}
        title="One connection drops, pending reconnect."
        isDisabled={!isLive}
        action={breakOne}
      />
      {others.map(({ label, meaning, action: verb, isPossible }) => (
        <ActionButton
          key={label}
          label={label}
          name={`${label} connector ${nth}`}
          title={meaning}
          isDisabled={!isPossible}
          action={verb}
        />
      ))}
    </Toolbar>
  )
}
