import { useSignal } from '@preact/signals'
import type { ConfigurationVersion, Difference } from '../../../schemas/control/configuration.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { query, setQuery } from '../../data/route.ts'
import { Button } from '../../parts/button.tsx'
import { Chips } from '../../parts/chips.tsx'
import { copyText } from '../../parts/copy-menu.tsx'
import { visible } from '../../parts/format.ts'
import { Json } from '../../parts/json.tsx'
import { Panel } from '../../parts/page.tsx'
import { curlOfPut } from './api-curl.ts'
import { Publish } from './publish.tsx'
import { SideBySide } from './side-by-side.tsx'

const VIEWS = ['both', 'changes', 'json'] as const
type View = (typeof VIEWS)[number]

interface DetailProps {
  readonly tunnel: OverviewTunnel
  readonly version: ConfigurationVersion
  /** The version before it; undefined: it is the first. */
  readonly before: ConfigurationVersion | undefined
}

export function VersionDetail({ tunnel, version, before }: DetailProps) {
  const isWriting = useSignal(false)
  const wanted = VIEWS.find(view => view === query.value.get('view')) ?? 'both'
  const view = before ? wanted : 'json'
  return (
    <div>
      <Panel
        title={before ? `What version ${version.version} changed` : `Version ${version.version}, the first`}
        actions={
          <span class="row">
            <Button
              label="Copy as PUT"
              icon="copy"
              title="A request that publishes this version again"
              onPress={() => void copyText(curlOfPut(tunnel, version.config))}
            />
            <Button
              label="Edit"
              isPressed={isWriting.value}
              onPress={() => {
                isWriting.value = !isWriting.value
              }}
            />
          </span>
        }
      >
        {JSON.stringify(version).includes('[redacted]') && (
          <p class="quiet-text">Passwords are shown as [redacted]: put them back before you send a copy.</p>
        )}
        {before && (
          <p class="row view-chips">
            <Chips<View>
              label="View"
              value={view}
              choices={[
                { value: 'both', label: 'Side by side' },
                { value: 'changes', label: 'Changes', count: version.changes.length },
                { value: 'json', label: 'JSON' },
              ]}
              onChoose={value => setQuery({ view: value === 'both' ? undefined : value })}
            />
          </p>
        )}
        {before && version.changes.length === 0 && view !== 'json' && (
          <p class="quiet-text">It is the same as version {before.version}.</p>
        )}
        {before && view === 'both' && <SideBySide before={before} after={version} />}
        {view === 'changes' && <Changes changes={version.changes} />}
        {view === 'json' && <Json value={version.config} label={`Version ${version.version}`} root="config" />}
      </Panel>
      {isWriting.value && <Publish tunnel={tunnel} config={version.config} />}
    </div>
  )
}

/** Field by field, as the server compares them. */
function Changes({ changes }: { changes: readonly Difference[] }) {
  return (
    <ol class="version-changes">
      {changes.map(change => (
        <li key={change.field}>
          <code>{visible(change.field)}</code> <span class="side-note">{kindOf(change)}</span>
          {change.before !== undefined && <p data-sign="−">{visible(JSON.stringify(change.before))}</p>}
          {change.after !== undefined && <p data-sign="+">{visible(JSON.stringify(change.after))}</p>}
        </li>
      ))}
    </ol>
  )
}

function kindOf({ before, after }: Difference): string {
  if (before === undefined) return 'added'
  return after === undefined ? 'removed' : 'changed'
}
