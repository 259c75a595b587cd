/** Where cloudflared and visitors connect, and the commands for it. */
import type { EdgeStatus } from '../../../schemas/control/edge.ts'
import { action, perform, say } from '../../data/act.ts'
import { asError } from '../../data/as-error.ts'
import { call } from '../../data/control.ts'
import { server, world } from '../../data/place.ts'
import { query, setQuery } from '../../data/route.ts'
import { tunnels } from '../../data/store.ts'
import { ActionButton } from '../../parts/button.tsx'
import { Copyable } from '../../parts/copy-menu.tsx'
import { SelectField } from '../../parts/field.tsx'
import { visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { saveFile } from '../../parts/save-file.ts'
import { Empty } from '../../parts/states.tsx'
import { variablesCommand, visitCommand } from './words.ts'

export function Addresses({ edge, reload }: { edge: EdgeStatus; reload: () => void }) {
  const { address, gateway_url, ca_path, accepts } = edge
  const change = action('changeEdge', { accepts: !accepts })
  const run = async (): Promise<void> => {
    const changed = await perform(change)
    if (!changed) return
    say(changed.accepts ? 'Connectors may register again.' : 'Connectors no longer register. Connected ones stay.')
    reload()
  }
  return (
    <Panel title="Addresses">
      <dl class="facts-list">
        <dt>cloudflared connects to</dt>
        <dd>
          <Copyable text={address} label="the address of the edge" />
        </dd>
        <dt>Visitors connect to</dt>
        <dd>
          <Copyable text={gateway_url} label="the URL of the gateway" />
        </dd>
        <dt>CA to trust</dt>
        <dd>
          <Copyable text={ca_path} label="the path of the CA" />{' '}
          <ActionButton
            action={action('getEdgeCertificate', {})}
            label="Download ca.pem"
            icon="download"
            onPress={() => void downloadCertificate()}
          />
        </dd>
        <dt>Connectors of this world</dt>
        <dd>
          <span class={accepts ? '' : 'degraded'}>{accepts ? 'may register' : 'are refused'}</span>{' '}
          <ActionButton
            action={change}
            label={accepts ? 'Refuse connectors' : 'Accept connectors'}
            onPress={() => void run()}
          />
        </dd>
      </dl>
    </Panel>
  )
}

async function downloadCertificate(): Promise<void> {
  try {
    saveFile('ca.pem', await call('getEdgeCertificate'), 'application/x-pem-file')
  } catch (cause) {
    say(asError(cause).message, { kind: 'failed' })
  }
}

/** `tunnel` of the URL is the id of the one to run. */
export function RunCloudflared({ edge }: { edge: EdgeStatus }) {
  const all = tunnels.value
  const chosen = all.find(({ tunnel_id }) => tunnel_id === query.value.get('tunnel')) ?? all[0]
  const place = { server, world }
  return (
    <Panel title="Run cloudflared">
      {chosen ? (
        <>
          <SelectField
            label="Tunnel"
            value={chosen.tunnel_id}
            options={all.map(({ tunnel_id, name }) => ({ value: tunnel_id, label: visible(name) }))}
            onChoose={tunnel => setQuery({ tunnel })}
          />
          <ol class="steps">
            <li>
              <p>Set its variables in a shell. The token of the tunnel is one of them.</p>
              <Copyable text={variablesCommand(chosen, all, place)} label="the variables command" />
            </li>
            <li>
              <p>Run the real cloudflared. It connects within seconds.</p>
              <Copyable text="cloudflared tunnel run" label="the cloudflared command" />
            </li>
            <li>
              <p>Send a request through it.</p>
              <Copyable text={visitCommand(chosen, edge.gateway_url, place)} label="the request" />
            </li>
          </ol>
        </>
      ) : (
        <Empty title="No tunnels yet">
          <p>Create a tunnel, and this page has the command that runs it.</p>
        </Empty>
      )}
    </Panel>
  )
}
