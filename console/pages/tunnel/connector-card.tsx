import type { ComponentChildren } from 'preact'
import type { Connector } from '../../../schemas/control/connector.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { info } from '../../data/store.ts'
import { instant, millis } from '../../data/time.ts'
import { Copyable } from '../../parts/copy-menu.tsx'
import { dateOf, spanOf, timeOf, visible } from '../../parts/format.ts'
import { Dots } from '../../picture/dots.tsx'
import { colosInWords, configurationInWords, connectionsInWords } from './connector-facts.ts'
import { ConnectorSettings } from './connector-settings.tsx'
import { ConnectorVerbs } from './connector-verbs.tsx'
import { DataCenters } from './data-centers.tsx'

interface CardProps {
  readonly tunnel: OverviewTunnel
  readonly connector: Connector
  readonly nth: number
}

/** A connector with at least one connection, live or pending. */
export function ConnectorCard({ tunnel, connector, nth }: CardProps) {
  const { id, kind, version, arch, origin_ip, run_at } = connector
  const started = millis(run_at)
  const configuration = configurationInWords(connector, tunnel, instant.value)
  return (
    <li class="panel connector">
      <header>
        <Dots connector={connector} />
        <h2>Connector {nth}</h2>
        <span class="quiet-text">
          cloudflared {visible(version)} · {visible(arch)} · {kind}
        </span>
      </header>
      <div class="connector-body">
        <dl class="connector-facts">
          <Fact name="Id">
            <Copyable text={id} label={`the id of connector ${nth}`} />
          </Fact>
          <Fact name="Connections">
            {connectionsInWords(connector, info.value?.pending_reconnect_ms ?? 0)}
            <span class="quiet-text"> · {visible(colosInWords(connector))}</span>
          </Fact>
          <Fact name="Origin IP">
            <code>{visible(origin_ip)}</code>
          </Fact>
          <Fact name="Started">
            <time>
              {dateOf(started)} {timeOf(started)}
            </time>
            <span class="quiet-text"> · {spanOf(instant.value - started)} ago</span>
          </Fact>
          <Fact name="Configuration">
            <span class={configuration.isBehind ? 'degraded' : ''}>{configuration.text}</span>
          </Fact>
        </dl>
        <DataCenters connector={connector} />
      </div>
      {tunnel.deleted_at === null && (
        <>
          <ConnectorVerbs tunnel={tunnel} connector={connector} nth={nth} />
          <ConnectorSettings tunnel={tunnel} connector={connector} />
        </>
      )}
    </li>
  )
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
