import { useSignal } from '@preact/signals'
import type { Coverage } from '../../../schemas/control/evidence.ts'
import { href, query, setQuery } from '../../data/route.ts'
import { operationWords } from '../../data/words.ts'
import { EvidenceWord } from '../../parts/evidence.tsx'
import { count } from '../../parts/format.ts'
import { LABELS } from '../../parts/labels.ts'
import { Panel } from '../../parts/page.tsx'
import { Prose } from '../../parts/prose.tsx'
import { Empty } from '../../parts/states.tsx'

type Operation = Coverage['operations'][number]

/** Each emulated operation with its fields, the least certain first. */
export function Operations({ coverage }: { coverage: Coverage }) {
  const find = query.value.get('find') ?? ''
  const shown = coverage.operations.filter(({ operation, method, path }) =>
    `${method} ${path} ${operation} ${operationWords(operation)}`.toLowerCase().includes(find.toLowerCase()),
  )
  return (
    <Panel
      title={count(shown.length, 'emulated operation')}
      actions={
        <input
          type="search"
          aria-label="Find an operation"
          placeholder="Find an operation"
          value={find}
          onInput={({ currentTarget }) => setQuery({ find: currentTarget.value || undefined })}
        />
      }
    >
      {shown.length === 0 && <Empty title="No operation matches" />}
      {shown.map(operation => (
        <OperationLine key={operation.operation} operation={operation} />
      ))}
    </Panel>
  )
}

function OperationLine({ operation: one }: { operation: Operation }) {
  const isOpen = useSignal(false)
  const fields = [...one.fields.query, ...one.fields.body, ...one.fields.answer].toSorted(
    (a, b) => LABELS.indexOf(b.evidence) - LABELS.indexOf(a.evidence),
  )
  return (
    <details
      class="operation"
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open
      }}
    >
      <summary>
        <b>{operationWords(one.operation)}</b>
        <code>
          {one.method} {one.path}
        </code>
        <span class="quiet-text">
          {count(one.behaviours.length + one.refusals.length, 'behaviour')}, {count(fields.length, 'field')}
        </span>
      </summary>
      {isOpen.value && (
        <>
          <p class="id-list">
            {[...one.behaviours, ...one.refusals].map(id => (
              <a key={id} href={href(['evidence', id])}>
                {id}
              </a>
            ))}
          </p>
          <ul class="field-list">
            {fields.map(({ field, evidence }) => (
              <li key={field}>
                <EvidenceWord label={evidence} /> <code>{field}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  )
}

/** Where the emulator differs on purpose. */
export function Deviations({ coverage: { deviations } }: { coverage: Coverage }) {
  return (
    <Panel title="Where mockflared differs on purpose">
      <ul class="lines">
        {deviations.map(({ id, statement, reason, switch: option }) => (
          <li key={id}>
            <div class="line-text">
              <p>
                <Prose text={statement} />
              </p>
              <p class="quiet-text">
                Because <Prose text={reason} />.
              </p>
            </div>
            {option === null ? (
              <span class="quiet-text">cannot be turned off</span>
            ) : (
              <span>
                turn it off with <code>{option}</code>
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
