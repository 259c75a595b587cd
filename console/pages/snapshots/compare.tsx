/** `#/snapshots/{name}`: how the world differs from a snapshot. */
import { useSignal } from '@preact/signals'
import type { ObjectChange, SnapshotChanges } from '../../../schemas/control/snapshot.ts'
import { action } from '../../data/act.ts'
import { call } from '../../data/control.ts'
import { useResource } from '../../data/resource.ts'
import { go, href } from '../../data/route.ts'
import { millis } from '../../data/time.ts'
import { AskButton } from '../../parts/ask-button.tsx'
import { CheckField } from '../../parts/field.tsx'
import { dateOf, spanOf, timeOf, visible } from '../../parts/format.ts'
import { PageHead, Panel } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { Glyph, StatusWord } from '../../parts/status.tsx'
import { groupsOf, totalsOf } from './changes.ts'
import { RestoreButton } from './list.tsx'
import { listOf } from './loss-words.ts'
import { type Kept, useLosses } from './losses.ts'

export function Comparison({ name }: { name: string }) {
  const load = action('getSnapshotChanges', { name })
  const resource = useResource(() => call('getSnapshotChanges', { name }), {
    key: name,
    changes: ({ type }) => type !== 'request',
  })
  return (
    <>
      <p class="back">
        <a href={href(['snapshots'])}>← Snapshots</a>
      </p>
      <PageHead title={name} facts={resource.data && takenWords(resource.data)}>
        {resource.data && (
          <>
            <a class="button" href={href(['worlds'], { from: name })}>
              Make a world of it
            </a>
            <AskButton
              action={action('deleteSnapshot', { name })}
              label="Delete"
              question={`Delete ${name}?`}
              onDone={() => go(href(['snapshots']))}
            />
          </>
        )}
      </PageHead>
      <Loaded resource={resource} action={load}>
        {({ changes }) => (
          <>
            <Changes changes={changes} />
            <Restore name={name} />
          </>
        )}
      </Loaded>
    </>
  )
}

function takenWords({ taken_at, now }: SnapshotChanges): string {
  const [taken, current] = [millis(taken_at), millis(now)]
  const side = taken <= current ? 'before now' : 'after now'
  return `${dateOf(taken)} ${timeOf(taken)} UTC, ${spanOf(current - taken)} ${side}`
}

function Changes({ changes }: { changes: readonly ObjectChange[] }) {
  if (changes.length === 0) {
    return (
      <Panel>
        <Empty title="Nothing changed">
          <p>The world has the same data as this snapshot. Only the clock may differ.</p>
        </Empty>
      </Panel>
    )
  }
  return (
    <>
      {groupsOf(changes).map(group => (
        <Panel
          key={group.name}
          title={group.name}
          actions={<span class="quiet-text">{totalsOf(group.changes)} since</span>}
        >
          <ul class="lines changes">
            {group.changes.map((change, index) => (
              <ChangeLine key={index} change={change} />
            ))}
          </ul>
        </Panel>
      ))}
    </>
  )
}

const SIGNS = { added: '+', removed: '−', changed: '≠' } as const

function ChangeLine({ change: { change, section, id, name, fields = [], before, status } }: { change: ObjectChange }) {
  const text = visible(name ?? id ?? 'without a name')
  const isLinked = section === 'tunnels' && id !== undefined && change !== 'removed'
  return (
    <li class={change}>
      <span class="sign" aria-hidden="true">
        {SIGNS[change]}
      </span>
      <div class="line-text">
        {isLinked ? (
          <a class="line-title" href={href(['tunnels', id])}>
            {text}
          </a>
        ) : (
          <span class="line-title">{text}</span>
        )}{' '}
        <span class="quiet-text">
          {change === 'changed' && fields.length > 0 ? listOf(fields.map(field => field.replaceAll('_', ' '))) : change}
        </span>
      </div>
      {before && status && (
        <span class="from-to">
          <Glyph status={before} /> <StatusWord status={before} /> → <Glyph status={status} />{' '}
          <StatusWord status={status} />
        </span>
      )}
    </li>
  )
}

const KEEPABLE: readonly { readonly kept: Kept; readonly label: string }[] = [
  { kept: 'requests', label: 'Keep the request log' },
  { kept: 'faults', label: 'Keep the faults' },
]

function Restore({ name }: { name: string }) {
  const keep = useSignal<readonly Kept[]>(['requests'])
  const losses = useLosses({ keep: keep.value, isSnapshot: true })
  return (
    <Panel title="Go back to it">
      <p>
        The data and the clock become those of {name}.{' '}
        {losses.length > 0 && (
          <>
            What no snapshot holds is lost: <b>{listOf(losses)}</b>.{' '}
          </>
        )}
        Events stay. Drains and flaps that are under way end.
      </p>
      <p class="row">
        {KEEPABLE.map(({ kept, label }) => (
          <CheckField
            key={kept}
            label={label}
            isChecked={keep.value.includes(kept)}
            onChange={isChecked => {
              keep.value = [...keep.value.filter(one => one !== kept), ...(isChecked ? [kept] : [])]
            }}
          />
        ))}
        <RestoreButton name={name} losses={losses} keep={keep.value} />
      </p>
    </Panel>
  )
}
