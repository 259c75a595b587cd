import type { Command } from 'commander'
import type { FaultReport, FaultRequest } from '../../../schemas/control/fault.ts'
import { columns, type Output } from '../action.ts'
import { parseTextJson } from '../arguments.ts'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'

export function addFaults(program: Command, host: CliHost): void {
  const faults = program
    .command('faults')
    .alias('fault')
    .helpCommand(false)
    .description('Inject failures into the emulated API')

  const list = faults.command('list', { isDefault: true }).description('List the faults with their hits (the default)')
  setRemoteAction(list, host, async ({ control }) => outputOf(await control.listFaults(), 'no faults'))

  const add = faults
    .command('add')
    .description('Add a fault')
    .argument('<FAULT>', 'Name of a preset, such as rate-limited, or a rule as JSON')
  setRemoteAction(add, host, async ({ control, args: [fault = ''] }) =>
    outputOf(await control.addFault(requestFrom(fault))),
  )

  const remove = faults.command('remove').alias('rm').description('Remove a fault').argument('<ID>')
  setRemoteAction(remove, host, async ({ control, args: [id = ''] }) => outputOf([await control.removeFault({ id })]))

  const clear = faults.command('clear').description('Remove all faults')
  setRemoteAction(clear, host, async ({ control }) => outputOf(await control.clearFaults(), 'no faults'))
}

/** The server checks what the rule says. */
function requestFrom(fault: string): FaultRequest {
  return (fault.trimStart().startsWith('{') ? parseTextJson(fault, 'the fault') : { preset: fault }) as FaultRequest
}

function outputOf(faults: readonly FaultReport[], none = ''): Output {
  return {
    text: columns(faults.map(row)) || none,
    json: faults,
  }
}

function row({ id, effect, hits, seen, exhausted, ...when }: FaultReport): string[] {
  return [
    id,
    JSON.stringify(effect),
    Object.keys(when).length === 0 ? 'any request' : JSON.stringify(when),
    `acted on ${hits} of ${seen} requests${exhausted ? ', exhausted' : ''}`,
  ]
}
