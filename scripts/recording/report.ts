import type { Replayed } from './replay.ts'

/** What a person reads: each exchange that came otherwise, then the sum. */
export function report(replayed: readonly Replayed[]): readonly string[] {
  const lines = replayed.flatMap(({ exchange: { request, note }, differences }, index) =>
    differences.length === 0
      ? []
      : [
          `${index + 1}. ${request.method} ${request.path}${note === undefined ? '' : ` (${note})`}`,
          ...differences.map(({ where, recorded, got }) => `   ${where}: recorded ${recorded}, got ${got}`),
        ],
  )
  const different = replayed.filter(({ differences }) => differences.length > 0).length
  const same = replayed.length - different
  return [...lines, `${replayed.length} exchanges: ${same} as recorded, ${different} different.`]
}
