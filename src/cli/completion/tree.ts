/** What a shell can complete after each command. */
import type { Command, Option } from 'commander'
import { BUNDLED_SEEDS } from '../../../schemas/options.ts'
import { flagOf, modelOf, OPTION_NAMES, spellingsOf } from '../../config/options.ts'

export interface CompletionOption {
  /** `--port` */
  readonly flag: string
  readonly description: string
  readonly takesValue: boolean
  /** The values that it takes, where they are few. */
  readonly values: readonly string[]
}

export interface CompletionNode {
  /** The words after `mockflared`, such as `['clock', 'advance']`. */
  readonly path: readonly string[]
  readonly description: string
  readonly subcommands: readonly CompletionNode[]
  readonly options: readonly CompletionOption[]
}

export function completionTree(command: Command, path: readonly string[] = []): CompletionNode {
  return {
    path,
    description: command.description(),
    subcommands: command.commands.map(one => completionTree(one, [...path, one.name()])),
    options: command.createHelp().visibleOptions(command).flatMap(completionOption),
  }
}

/** A command and all below it. */
export function nodesOf(node: CompletionNode): readonly CompletionNode[] {
  return [node, ...node.subcommands.flatMap(nodesOf)]
}

function completionOption({ long, description, required, argChoices }: Option): CompletionOption[] {
  return long ? [{ flag: long, description, takesValue: required, values: argChoices ?? valuesOf(long) }] : []
}

/** The values of an option of the emulator, where its model lists them. */
function valuesOf(flag: string): readonly string[] {
  const name = OPTION_NAMES.find(one => spellingsOf(one).some(spelling => `--${flagOf(spelling)}` === flag))
  if (name === undefined) return []
  return name === 'seed' ? BUNDLED_SEEDS : (modelOf(name).enum ?? [])
}
