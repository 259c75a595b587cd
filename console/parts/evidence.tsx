/** How we know a behaviour: a word with a mark that fills with certainty. */
import type { Evidence } from '../../schemas/evidence.ts'
import { LABEL_MEANINGS } from './labels.ts'

/** What is filled of a square from 2 to 10. */
const FILLS: Readonly<Record<Evidence, string>> = {
  recorded: 'M2 2h8v8H2z',
  documented: 'M4 4h4v4H4z',
  client: 'M2 2h4v8H2z',
  inferred: 'M6 2h4v8H6z',
  assumed: '',
}

function EvidenceMark({ label, size = 12 }: { label: Evidence; size?: number }) {
  return (
    <svg class="evidence-mark" width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      <rect x="1.5" y="1.5" width="9" height="9" rx="1" />
      <path d={FILLS[label]} />
    </svg>
  )
}

export function EvidenceWord({ label }: { label: Evidence }) {
  return (
    <span class="evidence" title={LABEL_MEANINGS[label]}>
      <EvidenceMark label={label} /> {label}
    </span>
  )
}
