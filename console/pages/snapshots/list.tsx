import { useSignal } from '@preact/signals'
import type { SnapshotSummary } from '../../../schemas/control/snapshot.ts'
import { action, perform, say } from '../../data/act.ts'
import { curlOf } from '../../data/copy.ts'
import { BEFORE_REPLACEMENT, replaceWorld } from '../../data/replace.ts'
import type { Resource } from '../../data/resource.ts'
import { href } from '../../data/route.ts'
import { exactNow, millis, now } from '../../data/time.ts'
import { UNDO_SNAPSHOT } from '../../data/words.ts'
import { AskButton } from '../../parts/ask-button.tsx'
import { ActionButton } from '../../parts/button.tsx'
import { Copyable } from '../../parts/copy-menu.tsx'
import { TextField } from '../../parts/field.tsx'
import { dateOf, spanOf, timeOf } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty, Loaded, Refusal } from '../../parts/states.tsx'
import { StatusCounts } from '../../parts/status-counts.tsx'
import { questionOf } from './loss-words.ts'
import { type Kept, useLosses } from './losses.ts'

function proposedName(): string {
  return `at-${timeOf(exactNow()).replaceAll(':', '-')}`
}

export function SaveForm({ names }: { names: readonly string[] }) {
  const name = useSignal(proposedName())
  const refusal = useSignal<string | undefined>(undefined)
  const save = async (): Promise<void> => {
    refusal.value = undefined
    const saved = await perform(action('saveSnapshot', { name: name.value }), error => {
      refusal.value = error.message
    })
    if (!saved) return
    say(`Saved ${saved.name}.`)
    name.value = proposedName()
  }
  return (
    <Panel title="Save the world as it is now">
      <div class="fields in-line">
        <TextField
          label="Name"
          size={28}
          value={name.value}
          onInput={text => {
            name.value = text
            refusal.value = undefined
          }}
        />
        <ActionButton
          action={action('saveSnapshot', { name: name.value })}
          label={names.includes(name.value) ? 'Save over it' : 'Save'}
          icon="snapshots"
          kind="primary"
          onPress={() => void save()}
        />
      </div>
      {refusal.value !== undefined && <Refusal message={refusal.value} />}
      <p class="quiet-text small-text">
        A snapshot holds all data, the clock and the rest of a scenario. It holds no faults and no request log. The
        server keeps it until it stops.
      </p>
    </Panel>
  )
}

export function SnapshotList({ resource }: { resource: Resource<readonly SnapshotSummary[]> }) {
  const losses = useLosses({ isSnapshot: true })
  return (
    <Loaded resource={resource} action={action('listSnapshots', {})}>
      {snapshots => (
        <Panel title="Saved">
          {snapshots.length === 0 ? (
            <Empty title="No snapshots yet">
              <p>Save one before you try something. Then you can see what changed, and go back.</p>
              <Copyable text={curlOf(action('saveSnapshot', { name: 'before' }))} label="as curl" />
            </Empty>
          ) : (
            <ul class="lines">
              {snapshots.toReversed().map(snapshot => (
                <SnapshotLine key={snapshot.name} snapshot={snapshot} losses={losses} />
              ))}
            </ul>
          )}
        </Panel>
      )}
    </Loaded>
  )
}

/** What the console saves itself, for Undo. */
const OWN: Readonly<Record<string, string>> = {
  [BEFORE_REPLACEMENT]: 'before the last replacement',
  [UNDO_SNAPSHOT]: 'before the last move of the clock',
}

function SnapshotLine({ snapshot, losses }: { snapshot: SnapshotSummary; losses: readonly string[] }) {
  const { name, taken_at, frozen, statuses } = snapshot
  const taken = millis(taken_at)
  return (
    <li>
      <div class="line-text">
        <a class="line-title" data-row href={href(['snapshots', name])}>
          {name}
        </a>
        {name in OWN && <span class="quiet-text"> {OWN[name]}</span>}
        <p class="quiet-text facts-row">
          <time>
            {dateOf(taken)} {timeOf(taken)} UTC
          </time>
          {now.value - taken >= 1_000 && <span>{spanOf(now.value - taken)} ago</span>}
          {frozen && <span>frozen</span>}
          <StatusCounts counts={statuses} />
        </p>
      </div>
      <div class="line-actions">
        <a class="button" href={href(['snapshots', name])} aria-label={`Compare with now: ${name}`}>
          Compare with now
        </a>
        <RestoreButton name={name} losses={losses} />
        <AskButton
          action={action('deleteSnapshot', { name })}
          label="Delete"
          name={`Delete ${name}`}
          question={`Delete ${name}?`}
        />
      </div>
    </li>
  )
}

interface RestoreButtonProps {
  readonly name: string
  readonly losses: readonly string[]
  readonly keep?: readonly Kept[]
}

export function RestoreButton({ name, losses, keep = [] }: RestoreButtonProps) {
  const restore = action('restoreSnapshot', { name, ...(keep.length > 0 && { keep: [...keep] }) })
  return (
    <AskButton
      action={restore}
      label="Restore"
      name={`Restore ${name}`}
      icon="undo"
      question={questionOf(`Restore ${name}`, losses)}
      run={() => replaceWorld(restore, `Restored ${name}.`)}
    />
  )
}
