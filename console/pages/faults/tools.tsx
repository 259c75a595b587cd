/** Everything about one kind of faults: those that are there, presets, a builder. */

import { curlOf } from '../../data/copy.ts'
import type { Resource } from '../../data/resource.ts'
import { isWatching } from '../../data/store.ts'
import { AskButton } from '../../parts/ask-button.tsx'
import { Copyable } from '../../parts/copy-menu.tsx'
import { Panel } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { Builder } from './builder.tsx'
import { FaultList, type Report } from './fault-list.tsx'
import type { FaultKind } from './kinds.tsx'
import { PresetCards } from './preset-cards.tsx'

export function FaultTools({ kind, reports }: { kind: FaultKind; reports: Resource<readonly Report[]> }) {
  const first = Object.keys(kind.presets)[0] ?? ''
  return (
    <>
      <Loaded resource={reports}>
        {list => (
          <Panel
            title="Faults of this world"
            actions={
              list.length > 1 && (
                <AskButton action={kind.clear} label="Remove all" question={`Remove all ${list.length} faults?`} />
              )
            }
          >
            {list.length === 0 ? (
              <Empty title={kind.whenNone}>
                <p>{isWatching.value ? 'To add one, run:' : 'Add a preset, build a rule below, or run:'}</p>
                <Copyable text={curlOf(kind.addPreset(first))} label="as curl" />
              </Empty>
            ) : (
              <FaultList kind={kind} reports={list} />
            )}
          </Panel>
        )}
      </Loaded>
      <Panel title="Presets">
        <PresetCards kind={kind} level="h3" />
      </Panel>
      <Builder kind={kind} />
    </>
  )
}
