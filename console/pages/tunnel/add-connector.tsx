import { useSignal } from '@preact/signals'
import type { Input } from '../../../schemas/control/control.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { action, perform, say } from '../../data/act.ts'
import { setQuery } from '../../data/route.ts'
import { ActionButton } from '../../parts/button.tsx'
import { CheckField, SelectField, TextField } from '../../parts/field.tsx'
import { Panel } from '../../parts/page.tsx'
import { DELAYS, delayOf } from './connector-settings.tsx'

const START = { version: '', connections: '4', colos: '', origin_ip: '', delay: '0', reconnects: false }

/** A form for a simulated connector. What stays empty gets the server's default. */
export function AddConnector({ tunnel }: { tunnel: OverviewTunnel }) {
  const form = useSignal(START)
  const set = (changes: Partial<typeof START>): void => {
    form.value = { ...form.value, ...changes }
  }
  const connect = action('connectConnector', requestOf(tunnel, form.value))
  const add = async (): Promise<void> => {
    const connector = await perform(connect)
    if (!connector) return
    say(`Connector ${connector.id} connected`)
    setQuery({ add: undefined })
  }
  const { version, connections, colos, origin_ip, delay, reconnects } = form.value
  return (
    <Panel title="Add a simulated connector">
      <div class="fields">
        <TextField
          label="cloudflared version"
          placeholder="2026.8.2"
          size={12}
          value={version}
          onInput={value => set({ version: value })}
        />
        <TextField
          label="Connections"
          size={6}
          isNumber
          value={connections}
          onInput={value => set({ connections: value })}
        />
        <TextField
          label="Data centers, used in turn"
          placeholder="ams07, fra15"
          size={18}
          value={colos}
          onInput={value => set({ colos: value })}
        />
        <TextField
          label="Origin IP"
          placeholder="203.0.113.10"
          size={16}
          value={origin_ip}
          onInput={value => set({ origin_ip: value })}
        />
        <SelectField
          label="Applies configurations"
          value={delay}
          options={DELAYS}
          onChoose={value => set({ delay: value })}
        />
      </div>
      <CheckField
        label="Reconnects when the API cuts it off"
        isChecked={reconnects}
        onChange={isChecked => set({ reconnects: isChecked })}
      />
      <p class="row">
        <ActionButton label="Connect it" icon="plug" kind="primary" action={connect} onPress={() => void add()} />
      </p>
    </Panel>
  )
}

function requestOf(
  { account_id, tunnel_id }: OverviewTunnel,
  { version, connections, colos, origin_ip, delay, reconnects }: typeof START,
): Input<'connectConnector'> {
  const names = colos.split(/[\s,]+/).filter(Boolean)
  return {
    account_id,
    tunnel_id,
    ...(version.trim() && { version: version.trim() }),
    ...(connections.trim() && connections.trim() !== START.connections && { connections: Number(connections) }),
    ...(names.length > 0 && { colos: names }),
    ...(origin_ip.trim() && { origin_ip: origin_ip.trim() }),
    ...(delay !== START.delay && { config_delay_ms: delayOf(delay) }),
    ...(reconnects && { reconnects }),
  }
}
