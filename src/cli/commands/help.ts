import type { Command } from 'commander'
import { setAction } from '../action.ts'
import { findSubcommand, unknownCommand } from '../command-names.ts'

export function addHelp(program: Command): void {
  const help = program.command('help').description('Show the help of a command').argument('[COMMAND...]')
  setAction(help, async () => {
    const command = help.args.reduce((parent: Command, name) => {
      const found = findSubcommand(parent, name)
      if (!found) throw unknownCommand(parent, name)
      return found
    }, program)
    command.outputHelp()
  })
}
