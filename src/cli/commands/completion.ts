import type { Command } from 'commander'
import { setAction } from '../action.ts'
import { bashCompletion, fishCompletion, zshCompletion } from '../completion/scripts.ts'
import { completionTree } from '../completion/tree.ts'
import type { CliHost } from '../host.ts'

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }

export function addCompletion(program: Command, { print }: CliHost): void {
  const completion = program.command('completion').description('Print a completion script for your shell')
  for (const [shell, scriptFor] of Object.entries(SCRIPTS)) {
    const command = completion.command(shell).description(`Print the completion script for ${shell}`)
    setAction(command, async () => print(scriptFor(completionTree(program))))
  }
}
