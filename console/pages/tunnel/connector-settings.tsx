import type { Connector } from '../../../schemas/control/connector.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { type Action, action, perform } from '../../data/act.ts'
import { canAct } from '../../data/store.ts'
import { CopyMenu } from '../../parts/copy-menu.tsx'
import { CheckField, type FieldOption, SelectField } from '../../parts/field.tsx'
import { spanOf } from '../../parts/format.ts'
import { addressOf } from './connector-verbs.tsx'

const NEVER = 'never'

/** `config_delay_ms` of a connector in words. */
export const DELAYS: readonly FieldOption[] = [
  { value: '0', label: 'at once' },
  { value: '10000', label: 'after 10 s' },
  { value: '60000', label: 'after 1 m' },
  { value: '300000', label: 'after 5 m' },
  { value: NEVER, label: 'never' },
]

export function delayOf(value: string): number | null {
  return value === NEVER ? null : Number(value)
}

export function ConnectorSettings({ tunnel, connector }: { tunnel: OverviewTunnel; connector: Connector }) {
  const address = addressOf(tunnel, connector)
  const { reconnects, config_delay_ms, kind } = connector
  const current = config_delay_ms === null ? NEVER : String(config_delay_ms)
  const isListed = DELAYS.some(({ value }) => value === current)
  const own = { value: current, label: `after ${spanOf(Number(current))}` }
  const changeReconnects = action('changeConnector', { ...address, reconnects: !reconnects })
  const changeDelay = (delay: number | null) => action('changeConnector', { ...address, config_delay_ms: delay })
  return (
    <div class="fields connector-settings">
      {kind === 'simulated' && (
        <span class="row">
          <CheckField
            label="Reconnects when the API cuts it off"
            isChecked={reconnects}
            isDisabled={!canAct.value}
            onChange={() => void perform(changeReconnects)}
          />
          <CopyMenu action={changeReconnects as Action} of={reconnects ? 'Reconnects: off' : 'Reconnects: on'} />
        </span>
      )}
      {tunnel.config_src === 'cloudflare' && (
        <span class="row">
          <SelectField
            label="Applies new configurations"
            value={current}
            options={isListed ? DELAYS : [...DELAYS, own]}
            isDisabled={!canAct.value}
            onChoose={value => void perform(changeDelay(delayOf(value)))}
          />
          <CopyMenu action={changeDelay(config_delay_ms) as Action} of="Applies new configurations" />
        </span>
      )}
    </div>
  )
}
