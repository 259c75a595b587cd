/** The faults of a world, with what each did so far. */
import { perform, say } from '../../data/act.ts'
import { due } from '../../data/store.ts'
import { millis, now } from '../../data/time.ts'
import { ActionButton } from '../../parts/button.tsx'
import { count, spanOf, visible } from '../../parts/format.ts'
import type { FaultKind } from './kinds.tsx'
import type { Rule } from './rule.ts'

export interface Report {
  readonly id: string
  readonly hits: number
  readonly seen: number
  readonly exhausted: boolean
}

export function FaultList({ kind, reports }: { kind: FaultKind; reports: readonly Report[] }) {
  return (
    <ul class="lines fault-list">
      {reports.map(report => (
        <FaultLine key={report.id} kind={kind} report={report} />
      ))}
    </ul>
  )
}

function FaultLine({ kind, report }: { kind: FaultKind; report: Report }) {
  const { id, hits, seen, exhausted, ...rest } = report
  const rule = rest as unknown as Rule
  const end = due.value.find(item => item.fault_id === id)
  const remove = async (): Promise<void> => {
    const removed = await perform(kind.remove(id))
    if (!removed) return
    say(`Removed ${id}`, { offer: { label: 'Undo', run: () => void perform(kind.add(rule)) } })
  }
  return (
    <li class={exhausted ? 'exhausted' : ''}>
      <div class="line-text">
        <p class="line-title">{visible(kind.sentence(rule))}</p>
        <p class="quiet-text facts-row">
          <code>{id}</code>
          <span>
            acted on {hits.toLocaleString('en')} of {count(seen, kind.targetOf(rule).slice(0, -1))}
            {hits > 0 && kind.hitsHref && (
              <>
                {' '}
                <a data-row href={kind.hitsHref()}>
                  show
                </a>
              </>
            )}
          </span>
          <span class="share" aria-hidden="true">
            <i style={{ width: `${seen === 0 ? 0 : (100 * hits) / seen}%` }} />
          </span>
          {exhausted && <span>exhausted: it acts no more</span>}
          {end && !exhausted && <span>ends in {spanOf(millis(end.at) - now.value)}</span>}
        </p>
      </div>
      <ActionButton
        action={kind.remove(id)}
        label="Remove"
        name={`Remove ${id}`}
        icon="close"
        onPress={() => void remove()}
      />
    </li>
  )
}
