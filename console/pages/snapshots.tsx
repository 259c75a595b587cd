import { action } from '../data/act.ts'
import { call } from '../data/control.ts'
import { replaceWorld } from '../data/replace.ts'
import { useResource } from '../data/resource.ts'
import { path } from '../data/route.ts'
import { info, isWatching } from '../data/store.ts'
import { AskButton } from '../parts/ask-button.tsx'
import { count } from '../parts/format.ts'
import { PageHead, Panel } from '../parts/page.tsx'
import { Comparison } from './snapshots/compare.tsx'
import { SaveForm, SnapshotList } from './snapshots/list.tsx'
import { questionOf } from './snapshots/loss-words.ts'
import { useLosses } from './snapshots/losses.ts'
import { StateFile } from './snapshots/state-file.tsx'

/** `#/snapshots` and `#/snapshots/{name}`. */
export function Snapshots() {
  const name = path.value[1]
  return name === undefined ? <AllSnapshots /> : <Comparison key={name} name={name} />
}

function AllSnapshots() {
  const resource = useResource(() => call('listSnapshots'), {
    changes: ({ type }) => type.startsWith('snapshot_'),
  })
  return (
    <>
      <PageHead title="Snapshots" facts={resource.data && count(resource.data.length, 'snapshot')} />
      {!isWatching.value && <SaveForm names={(resource.data ?? []).map(({ name }) => name)} />}
      <SnapshotList resource={resource} />
      {!isWatching.value && <Reset />}
      <StateFile />
    </>
  )
}

function Reset() {
  const losses = useLosses()
  const seeds = info.value?.seeds ?? []
  return (
    <Panel title="Start again">
      <p>A reset replaces data, clock, random numbers, faults, request log and scheduled jobs. Snapshots stay.</p>
      <p class="row">
        {(['seed', 'empty'] as const).map(to => {
          const reset = action('reset', { to })
          const what =
            to === 'seed' ? `Reset to the seed${seeds.length > 0 ? ` (${seeds.join(', ')})` : ''}` : 'Empty the world'
          return (
            <AskButton
              key={to}
              action={reset}
              label={what}
              question={questionOf(what, losses)}
              run={() =>
                replaceWorld(reset, to === 'seed' ? 'The world is as the seed has it.' : 'The world is empty.')
              }
            />
          )
        })}
      </p>
    </Panel>
  )
}
