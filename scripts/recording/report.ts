import type { ReplayedExchange } from './replay.ts'

/** The lines to print: each exchange with differences, then the totals. */
export function report(replayed: readonly ReplayedExchange[]): readonly string[] {
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
