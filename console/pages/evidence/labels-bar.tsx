import type { Report } from '../../../schemas/control/evidence.ts'
import { server } from '../../data/place.ts'
import { quoted } from '../../data/quote.ts'
import { Copyable } from '../../parts/copy-menu.tsx'
import { EvidenceWord } from '../../parts/evidence.tsx'
import { count } from '../../parts/format.ts'
import { Icon } from '../../parts/icon.tsx'
import { LABEL_MEANINGS, LABELS } from '../../parts/labels.ts'

/** How often each label stood behind a response. */
export function LabelsBar({ behaviours }: Pick<Report, 'behaviours'>) {
  const rows = LABELS.map(label => {
    const of = behaviours.filter(({ evidence }) => evidence === label)
    return { label, behaviours: of.length, answers: of.reduce((sum, { answers }) => sum + answers, 0) }
  })
  return (
    <>
      <div class="labels-bar" aria-hidden="true">
        {rows.map(
          ({ label, answers }) => answers > 0 && <span key={label} class={label} style={{ flexGrow: answers }} />,
        )}
      </div>
      <table class="labels-table" aria-label="Behaviours by label">
        <thead>
          <tr>
            <th scope="col">Label</th>
            <th scope="col">Means</th>
            <th scope="col">Behaviours</th>
            <th scope="col">Uses</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.label}>
              <th scope="row">
                <EvidenceWord label={row.label} />
              </th>
              <td>{LABEL_MEANINGS[row.label]}</td>
              <td class="number">{row.behaviours}</td>
              <td class="number">{row.answers.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** What a check in CI would say now. It counts all worlds. */
export function FailOn({ behaviours }: Pick<Report, 'behaviours'>) {
  return (
    <ul class="fail-on">
      {(['assumed', 'inferred'] as const).map(label => {
        const weak = behaviours.filter(({ evidence }) => LABELS.indexOf(evidence) >= LABELS.indexOf(label)).length
        return (
          <li key={label}>
            <span class={weak === 0 ? 'healthy' : 'down'}>
              <Icon name={weak === 0 ? 'check' : 'close'} /> {weak === 0 ? 'passes' : 'fails'}
            </span>
            <Copyable label="the command" text={`mockflared report --fail-on ${label} --url ${quoted(server)}`} />
            <span class="quiet-text">{count(weak, 'behaviour')} this uncertain</span>
          </li>
        )
      })}
    </ul>
  )
}
