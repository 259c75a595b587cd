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
