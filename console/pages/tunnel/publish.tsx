import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { PushRequest } from '../../../schemas/control/connector.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { action, perform, say } from '../../data/act.ts'
import { asError } from '../../data/as-error.ts'
import { go } from '../../data/route.ts'
import { ActionButton, Button } from '../../parts/button.tsx'
import { copyText } from '../../parts/copy-menu.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Panel } from '../../parts/page.tsx'
import { Refusal } from '../../parts/states.tsx'
import { curlOfPut } from './api-curl.ts'
import { addressOf } from './connector-verbs.tsx'
import { versionHref } from './tabs.ts'

interface PublishProps {
  readonly tunnel: OverviewTunnel
  /** To start from. */
  readonly config: unknown
}

/**
 * A new version, written as JSON. Only the API publishes the configuration of a remote tunnel, so
 * it is copied as a PUT; that of a local tunnel is reported by a connector.
 */
export function Publish({ tunnel, config }: PublishProps) {
  const id = useId()
  const text = useSignal(JSON.stringify(config, null, 2))
  const refusal = useSignal<string | undefined>(undefined)
  const parsed = parse(text.value)
  const problem = 'problem' in parsed ? parsed.problem : refusal.value
  return (
    <Panel title={tunnel.config_src === 'local' ? 'Report a new version' : 'Write a new version'}>
      <label class="off-screen" for={id}>
        Configuration as JSON
      </label>
      <textarea
        id={id}
        rows={14}
        spellcheck={false}
        value={text.value}
        aria-invalid={problem !== undefined}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value
          refusal.value = undefined
        }}
      />
      {problem !== undefined && <Refusal message={problem} />}
      {'config' in parsed && tunnel.config_src === 'local' && (
        <Report
          tunnel={tunnel}
          config={parsed.config}
          onRefusal={message => {
            refusal.value = message
          }}
        />
      )}
      {'config' in parsed && tunnel.config_src === 'cloudflare' && (
        <p class="row">
          <Button
            label="Copy as PUT"
            icon="copy"
            kind="primary"
            onPress={() => void copyText(curlOfPut(tunnel, parsed.config))}
          />
          <span class="quiet-text">Only a request to the API publishes it, so that it is in the request log.</span>
        </p>
      )}
    </Panel>
  )
}

function parse(text: string): { readonly config: PushRequest['config'] } | { readonly problem: string } {
  try {
    return { config: JSON.parse(text) as PushRequest['config'] }
  } catch (cause) {
    return { problem: asError(cause).message }
  }
}

interface ReportProps {
  readonly tunnel: OverviewTunnel
  readonly config: PushRequest['config']
  readonly onRefusal: (message: string) => void
}

function Report({ tunnel, config, onRefusal }: ReportProps) {
  const live = tunnel.connectors.filter(
    ({ kind, connections }) => kind === 'simulated' && connections.some(({ state }) => state === 'live'),
  )
  const chosen = useSignal('')
  const connector = live.find(({ id }) => id === chosen.value) ?? live[0]
  if (!connector) {
    return <p class="quiet-text">A simulated connector must be connected: it reports the configuration of its file.</p>
  }
  const report = action('pushLocalConfiguration', { ...addressOf(tunnel, connector), config })
  const run = async (): Promise<void> => {
    const reported = await perform(report, ({ message }) => onRefusal(message))
    if (!reported) return
    say(`Version ${reported.version} reported`)
    go(versionHref(tunnel.tunnel_id, reported.version))
  }
  return (
    <div class="fields">
      <SelectField
        label="Reported by"
        value={connector.id}
        options={live.map(({ id }) => ({ value: id, label: id }))}
        onChoose={value => {
          chosen.value = value
        }}
      />
      <ActionButton label="Report it" kind="primary" action={report} onPress={() => void run()} />
    </div>
  )
}
