import type { Command } from 'commander'
import type { FaultReport, FaultRequest } from '../../../schemas/control/fault.ts'
import { columns, type Said } from '../action.ts'
import { parsedJson } from '../arguments.ts'
import type { Shell } from '../host.ts'
import { asks } from '../remote.ts'

export function addFaults(program: Command, shell: Shell): void {
  const faults = program.command('faults').helpCommand(false).description('Let calls go wrong')

  const list = faults.command('list', { isDefault: true }).description('List the faults with their hits')
  asks(list, shell, async ({ control }) => said(await control.listFaults(), 'no faults'))

  const add = faults
    .command('add')
    .description('Add a fault')
    .argument('<FAULT>', 'A preset such as rate-limited, or a rule as JSON')
  asks(add, shell, async ({ control, args: [fault = ''] }) => said(await control.addFault(requestIn(fault))))

  const remove = faults.command('rm').description('Remove a fault').argument('<ID>')
  asks(remove, shell, async ({ control, args: [id = ''] }) => said([await control.removeFault({ id })]))

  const clear = faults.command('clear').description('Remove all of them')
  asks(clear, shell, async ({ control }) => said(await control.clearFaults(), 'there were none'))
}

/** What it says is the server's to judge. */
function requestIn(fault: string): FaultRequest {
  return (fault.trimStart().startsWith('{') ? parsedJson(fault, 'the fault') : { preset: fault }) as FaultRequest
}

function said(faults: readonly FaultReport[], none = ''): Said {
  return {
    text: columns(faults.map(row)) || none,
    json: faults,
  }
}

function row({ id, effect, hits, seen, exhausted, ...when }: FaultReport): string[] {
  return [
    id,
    JSON.stringify(effect),
    Object.keys(when).length === 0 ? 'any call' : JSON.stringify(when),
    `acted on ${hits} of ${seen} calls${exhausted ? ', exhausted' : ''}`,
  ]
}
