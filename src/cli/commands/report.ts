import { type Command, InvalidArgumentError } from 'commander'
import { type Evidence, LABELS } from '../../../schemas/evidence.ts'
import { atLeastAsUncertainAs } from '../../evidence/report.ts'
import { counted } from '../action.ts'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'

interface ReportFlags {
  readonly failOn?: Evidence
}

/** A recorded behaviour is no reason to fail. */
const UNSURE_LABELS = LABELS.filter(label => label !== 'recorded')

export function addReport(program: Command, host: CliHost): void {
  const report = program.command('report').helpCommand(false).description('Show which behaviours shaped the responses')

  const labels = UNSURE_LABELS.toReversed().join(', ')
  const show = report
    .command('show', { isDefault: true })
    .description('List the used behaviours, and how each is known (the default)')
    .option('--fail-on <LABEL>', `Exit with code 1 if evidence was as weak as this: ${labels}`, parseTextLabel)
  setRemoteAction<ReportFlags>(show, host, async ({ control, flags: { failOn } }) => {
    const used = await control.getReport()
    return {
      text: used.message,
      json: used,
      isNegative: failOn !== undefined && atLeastAsUncertainAs(failOn, used).length > 0,
    }
  })

  const clear = report.command('clear').description('Reset the evidence report')
  setRemoteAction(clear, host, async ({ control }) => {
    const { cleared } = await control.clearReport()
    return { text: `cleared ${counted(cleared, 'response')}`, json: { cleared } }
  })
}

function parseTextLabel(text: string): Evidence {
  const label = UNSURE_LABELS.find(one => one === text)
  if (label === undefined) throw new InvalidArgumentError(`use one of ${UNSURE_LABELS.join(', ')}`)
  return label
}
