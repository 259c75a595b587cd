import type { Command } from 'commander'
import type { Control } from '../client.ts'
import { columns, type Output } from './action.ts'
import { parseTextJson } from './arguments.ts'
import type { CliHost } from './host.ts'
import { setRemoteAction } from './remote.ts'

/** A rule with its hits, as every kind of fault reports it. */
interface Report {
  readonly id: string
  readonly effect: object
  readonly hits: number
  readonly seen: number
  readonly exhausted: boolean
}

interface Operations<Request> {
  /** What fails, in the plural. */
  readonly target: string
  readonly preset: string
  readonly add: (control: Control, request: Request) => Promise<readonly Report[]>
  readonly list: (control: Control) => Promise<readonly Report[]>
  readonly remove: (control: Control, id: string) => Promise<Report>
  readonly clear: (control: Control) => Promise<readonly Report[]>
}

/** Adds a command with `list`, `add`, `remove` and `clear`. */
export function addFaultCommands<Request>(
  parent: Command,
  host: CliHost,
  description: string,
  operations: Operations<Request>,
): void {
  const { target, preset } = operations
  const outputOf = (reports: readonly Report[], none = ''): Output => ({
    text: columns(reports.map(report => row(report, target))) || none,
    json: reports,
  })
  const faults = parent.command('faults').alias('fault').helpCommand(false).description(description)

  const list = faults.command('list', { isDefault: true }).description('List the faults with their hits (the default)')
  setRemoteAction(list, host, async ({ control }) => outputOf(await operations.list(control), 'no faults'))

  const add = faults
    .command('add')
    .description('Add a fault')
    .argument('<FAULT>', `Name of a preset, such as ${preset}, or a rule as JSON`)
  setRemoteAction(add, host, async ({ control, args: [fault = ''] }) =>
    outputOf(await operations.add(control, requestFrom<Request>(fault))),
  )

  const remove = faults.command('remove').alias('rm').description('Remove a fault').argument('<ID>')
  setRemoteAction(remove, host, async ({ control, args: [id = ''] }) =>
    outputOf([await operations.remove(control, id)]),
  )

  const clear = faults.command('clear').description('Remove all faults')
  setRemoteAction(clear, host, async ({ control }) => outputOf(await operations.clear(control), 'no faults'))
}

/** The server checks what the rule says. */
function requestFrom<Request>(fault: string): Request {
  return (fault.trimStart().startsWith('{') ? parseTextJson(fault, 'the fault') : { preset: fault }) as Request
}

function row({ id, effect, hits, seen, exhausted, ...when }: Report, target: string): string[] {
  return [
    id,
    JSON.stringify(effect),
    Object.keys(when).length === 0 ? 'no conditions' : JSON.stringify(when),
    `acted on ${hits} of ${seen} ${target}${exhausted ? ', exhausted' : ''}`,
  ]
}
