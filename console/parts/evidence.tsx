/** How we know a behaviour: a word with a mark that fills with certainty. */
import type { VNode } from 'preact'
import type { Evidence } from '../../schemas/evidence.ts'

/** What each label means, the most certain first. */
export const LABEL_MEANINGS: Readonly<Record<Evidence, string>> = {
  recorded: 'a real response',
  documented: 'Cloudflare says so',
  client: 'an official client requires it',
  inferred: 'follows from the others',
  assumed: 'our choice',
}

export const LABELS = Object.keys(LABEL_MEANINGS) as readonly Evidence[]

/** Less certain than Cloudflare's own word. */
export function isGuess(label: Evidence | undefined): boolean {
  return label !== undefined && LABELS.indexOf(label) > LABELS.indexOf('documented')
}

const FILLS: Readonly<Record<Evidence, () => VNode | undefined>> = {
  recorded: () => <rect x="1" y="1" width="10" height="10" />,
  documented: () => <rect x="3.5" y="3.5" width="5" height="5" />,
  client: () => <rect x="1" y="1" width="5" height="10" />,
  inferred: () => <rect x="6" y="1" width="5" height="10" />,
  assumed: () => undefined,
}

export function EvidenceMark({ label, size = 12 }: { label: Evidence; size?: number }) {
  return (
    <svg class="evidence-mark" width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      <rect class="frame" x="1" y="1" width="10" height="10" rx="1.5" />
      {FILLS[label]()}
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
