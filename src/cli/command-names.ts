/** The names of commands, and the errors about a word that is none of them. */
import type { Command } from 'commander'
import { nearest } from '../../schemas/nearest.ts'

/** `mockflared clock advance` for the command `advance`. */
export function fullNameOf(command: Command): string {
  return command.parent ? `${fullNameOf(command.parent)} ${command.name()}` : command.name()
}

function namesOf(command: Command): readonly string[] {
  return [command.name(), ...command.aliases()]
}

export function findSubcommand(command: Command, name: string): Command | undefined {
  return command.commands.find(one => namesOf(one).includes(name))
}

export function unknownCommand(parent: Command, word: string): Error {
  const [, ...path] = fullNameOf(parent).split(' ')
  const similar = nearest(word, parent.commands.flatMap(namesOf))
  const hint =
    similar === undefined ? `see ${fullNameOf(parent)} --help` : `did you mean "${[...path, similar].join(' ')}"?`
  return new Error(`unknown command "${[...path, word].join(' ')}"; ${hint}`)
}

/** A word that the command does not take. A default command gets those that name no command. */
export function unexpectedArgument(command: Command, word: string): Error {
  const { parent } = command
  if (!parent || namesOf(command).includes(parent.args[0] ?? '')) {
    return new Error(`unexpected argument "${word}"; see ${fullNameOf(command)} --help`)
  }
  if (findSubcommand(parent, word)) {
    return new Error(`put the command before its options: ${fullNameOf(parent)} ${word} …`)
  }
  return unknownCommand(parent, word)
}
