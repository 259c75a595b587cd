import type { Coverage, Report } from '../../../schemas/control/evidence.ts'
import { href } from '../../data/route.ts'
import { operationWords } from '../../data/words.ts'
import { EvidenceWord } from '../../parts/evidence.tsx'
import { LABEL_MEANINGS } from '../../parts/labels.ts'
import { Panel } from '../../parts/page.tsx'
import { Prose } from '../../parts/prose.tsx'
import { Empty } from '../../parts/states.tsx'
import { First } from './used.tsx'

interface BehaviourFactsProps {
  readonly id: string
  readonly coverage: Coverage
  readonly report: Report | undefined
}

/** `#/evidence/{behaviour}` */
export function BehaviourFacts({ id, coverage, report }: BehaviourFactsProps) {
  const known = coverage.behaviours.find(one => one.id === id)
  const used = report?.behaviours.find(one => one.id === id)
  const operations = coverage.operations.filter(one => [...one.behaviours, ...one.refusals].includes(id))
  const isEverywhere = [...coverage.everywhere.behaviours, ...coverage.everywhere.refusals].includes(id)
  return (
    <Panel>
      {known ? (
        <dl class="explained-list">
          <dt>Behaviour</dt>
          <dd>
            <Prose text={known.statement} />
          </dd>
          <dt>How we know</dt>
          <dd>
            <EvidenceWord label={known.evidence} /> – {LABEL_MEANINGS[known.evidence]}
          </dd>
          <dt>Source</dt>
          <dd>
            <Prose text={known.source} />
          </dd>
          {known.untold !== undefined && (
            <>
              <dt>Not in the header</dt>
              <dd>
                <code>mockflared-evidence</code> never names it: <Prose text={known.untold} />
              </dd>
            </>
          )}
          <dt>Used</dt>
          <dd>{used ? <First {...used} isOfWorld /> : 'By no response of this world yet'}</dd>
          <dt>Applies to</dt>
          <dd class="id-list">
            {isEverywhere && 'every operation'}
            {operations.map(({ operation }) => (
              <a key={operation} href={href(['requests'], { operation })}>
                {operationWords(operation)}
              </a>
            ))}
            {!isEverywhere && operations.length === 0 && 'what the local edge does'}
          </dd>
        </dl>
      ) : (
        <Empty title="There is no such behaviour">
          <p>This version of mockflared does not have it.</p>
        </Empty>
      )}
    </Panel>
  )
}
