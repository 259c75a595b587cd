/** What a replacement of the world loses, in words. */

export function lossesOf({ requests, faults, jobs }: { requests: number; faults: number; jobs: number }): string[] {
  return [
    ...(requests === 0 ? [] : [`the request log (${requests.toLocaleString('en')})`]),
    ...(faults === 0 ? [] : [`faults (${faults})`]),
    ...(jobs === 0 ? [] : [`scheduled jobs (${jobs})`]),
  ]
}

/** Asks for a decision, such as “Restore a? Its loss: …”. */
export function questionOf(what: string, losses: readonly string[]): string {
  return losses.length === 0 ? `${what}?` : `${what}, and lose ${listOf(losses)}?`
}

export function listOf(texts: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(texts)
}
