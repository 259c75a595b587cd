/** Prints the checks as a table, each row when it is known, and all of it again at the end. */
import { stdout } from 'node:process'
import type { SerializedError } from 'vitest'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

interface Row {
  readonly name: string
  readonly cells: readonly string[]
  readonly isPassed: boolean
}

export class TableReporter implements Reporter {
  readonly #rows: Row[] = []

  onTestCaseResult(test: TestCase): void {
    if (test.result().state === 'skipped') return
    const row = rowOf(test)
    this.#rows.push(row)
    print(lineOf(row))
    for (const { message, stack } of test.result().errors ?? []) print(`${stack ?? message}\n`)
    const { logs } = test.meta()
    if (logs !== undefined) print(logs)
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const failures = [...errors, ...modules.flatMap(module => module.errors())]
    for (const { message, stack } of failures) print(stack ?? message)

    const rows = this.#rows.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    print('\n| check | result | what was seen | seconds |\n| --- | --- | --- | --- |')
    for (const row of rows) print(lineOf(row))
    const failed = rows.filter(({ isPassed }) => !isPassed).length + failures.length
    print(`\n${rows.length} rows, ${failed === 0 ? 'all passed' : `${failed} FAILED`}`)
  }
}

function rowOf(test: TestCase): Row {
  const { state, errors = [] } = test.result()
  const { seen = [] } = test.meta()
  const problem = errors[0]?.message.split('\n', 1)[0]
  const seconds = ((test.diagnostic()?.duration ?? 0) / 1_000).toFixed(1)
  const facts = [...seen, ...(problem === undefined ? [] : [`FAILED: ${problem}`])].join('; ')
  const cells = [test.name, state === 'passed' ? 'pass' : state.toUpperCase(), facts, seconds]
  return { name: test.name, cells, isPassed: state === 'passed' }
}

function lineOf({ cells }: Row): string {
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function print(text: string): void {
  stdout.write(`${text}\n`)
}
