import type { Command } from 'commander'
import type { FaultRequest } from '../../../schemas/control/fault.ts'
import { addFaultCommands } from '../fault-commands.ts'
import type { CliHost } from '../host.ts'

export function addFaults(program: Command, host: CliHost): void {
  addFaultCommands<FaultRequest>(program, host, 'Inject failures into the emulated API', {
    target: 'requests',
    preset: 'rate-limited',
    add: (control, request) => control.addFault(request),
    list: control => control.listFaults(),
    remove: (control, id) => control.removeFault({ id }),
    clear: control => control.clearFaults(),
  })
}
