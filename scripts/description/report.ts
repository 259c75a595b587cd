import { DEVIATIONS } from './deviations.ts'
import type { Difference } from './drift.ts'

/** What a person reads: the differences by operation, then what is so on purpose, then the sum. */
export function report(differences: readonly Difference[], everything = false): readonly string[] {
  const drift = differences.filter(({ deviation }) => deviation === undefined)
  const meant = differences.filter(({ deviation }) => deviation !== undefined)
  return [...byOperation(drift), ...(meant.length > 0 ? onPurpose(meant, everything) : []), sum(drift, meant.length)]
}

/** Operations in which the same differs stand together. */
function byOperation(differences: readonly Difference[]): string[] {
  const lines = [...Map.groupBy(differences, ({ operation }) => operation)].map(([operation, ofOperation]) => ({
    operation,
    text: ofOperation.map(({ kind, what }) => `  ${kind.padEnd(7)} ${what}\n`).join(''),
  }))
  return [...Map.groupBy(lines, ({ text }) => text)].map(
    ([text, alike]) => `${alike.map(({ operation }) => operation).join('\n')}\n${text}`,
  )
}

function onPurpose(meant: readonly Difference[], everything: boolean): string[] {
  return [
    'On purpose:',
    ...DEVIATIONS.flatMap(deviation => {
      const covered = meant.filter(difference => difference.deviation === deviation)
      const { id, evidence, reason } = deviation
      const lines = covered.map(({ operation, kind, what }) => `      ${operation}: ${kind} ${what}`)
      return covered.length === 0
        ? []
        : [`  ${id} (${covered.length}): ${reason} [${evidence}]`, ...(everything ? lines : [])]
    }),
    '',
  ]
}

function sum(drift: readonly Difference[], meant: number): string {
  const rest = meant === 0 ? '' : `; ${meant} on purpose`
  if (drift.length === 0) return `No drift${rest}.`

  const count = (kind: Difference['kind']): number => drift.filter(difference => difference.kind === kind).length
  const operations = new Set(drift.map(({ operation }) => operation)).size
  return (
    `${counted(drift.length, 'difference')} in ${counted(operations, 'operation')}: ` +
    `${count('adds')} added, ${count('changes')} changed, ${count('removes')} removed${rest}.`
  )
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
