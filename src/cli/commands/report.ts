import { type Command, InvalidArgumentError } from 'commander'
import { type Evidence, LABELS } from '../../../schemas/evidence.ts'
import { asUnsureAs } from '../../evidence/report.ts'
import type { Shell } from '../host.ts'
import { asks } from '../remote.ts'

interface ReportFlags {
  readonly failOn?: Evidence
}

/** What is recorded is no reason to fail. */
const DOUBTS = LABELS.filter(label => label !== 'recorded')

export function addReport(program: Command, shell: Shell): void {
  const report = program.command('report').helpCommand(false).description('On which behaviours the answers leaned')

  const show = report
    .command('show', { isDefault: true })
    .description('Tell them, and how each is known')
    .option('--fail-on <LABEL>', `Fail when one was as unsure as this: ${DOUBTS.toReversed().join(', ')}`, doubt)
  asks<ReportFlags>(show, shell, async ({ control, flags: { failOn } }) => {
    const told = await control.getReport()
    return { text: told.message, json: told, failed: failOn !== undefined && asUnsureAs(failOn, told).length > 0 }
  })

  const clear = report.command('clear').description('Count anew')
  asks(clear, shell, async ({ control }) => {
    const { cleared } = await control.clearReport()
    return { text: `forgot ${cleared}`, json: { cleared } }
  })
}

function doubt(text: string): Evidence {
  const label = DOUBTS.find(one => one === text)
  if (label === undefined) throw new InvalidArgumentError(`Expected one of ${DOUBTS.join(', ')}`)
  return label
}
