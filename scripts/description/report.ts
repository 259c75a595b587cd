import { DEVIATIONS } from './deviations.ts'
import type { Difference } from './drift.ts'

/** The lines to print: differences by operation, then deviations on purpose, then the totals. */
export function report(differences: readonly Difference[], everything = false): readonly string[] {
  const drift = differences.filter(({ deviation }) => deviation === undefined)
  const onPurpose = differences.filter(({ deviation }) => deviation !== undefined)
  return [
    ...byOperation(drift),
    ...(onPurpose.length > 0 ? byDeviation(onPurpose, everything) : []),
    totals(drift, onPurpose.length),
  ]
}

/** Groups operations that have the same differences. */
function byOperation(differences: readonly Difference[]): string[] {
  const lines = [...Map.groupBy(differences, ({ operation }) => operation)].map(([operation, ofOperation]) => ({
    operation,
    text: ofOperation.map(({ kind, what }) => `  ${kind.padEnd(7)} ${what}\n`).join(''),
  }))
  return [...Map.groupBy(lines, ({ text }) => text)].map(
    ([text, group]) => `${group.map(({ operation }) => operation).join('\n')}\n${text}`,
  )
}

function byDeviation(onPurpose: readonly Difference[], everything: boolean): string[] {
  return [
    'On purpose:',
    ...DEVIATIONS.flatMap(deviation => {
      const covered = onPurpose.filter(difference => difference.deviation === deviation)
      const { id, evidence, reason } = deviation
      const lines = covered.map(({ operation, kind, what }) => `      ${operation}: ${kind} ${what}`)
      return covered.length === 0
        ? []
        : [`  ${id} (${covered.length}): ${reason} [${evidence}]`, ...(everything ? lines : [])]
    }),
    '',
  ]
}

function totals(drift: readonly Difference[], onPurpose: number): string {
  const suffix = onPurpose === 0 ? '' : `; ${onPurpose} on purpose`
  if (drift.length === 0) return `No drift${suffix}.`

  const count = (kind: Difference['kind']): number => drift.filter(difference => difference.kind === kind).length
  const operations = new Set(drift.map(({ operation }) => operation)).size
  return (
    `${pluralize(drift.length, 'difference')} in ${pluralize(operations, 'operation')}: ` +
    `${count('adds')} added, ${count('changes')} changed, ${count('removes')} removed${suffix}.`
  )
}

function pluralize(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
