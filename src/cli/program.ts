import { Command, CommanderError, Help } from 'commander'
import { VERSION } from '../config/version.ts'
import { NegativeResult } from './action.ts'
import { COMMANDS } from './commands/index.ts'
import type { CliHost } from './host.ts'

/** Runs a command line and returns the exit code. Prints an error as one line. */
export async function runCommand(args: readonly string[], host: CliHost): Promise<number> {
  try {
    await programFor(host).parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    if (!(error instanceof NegativeResult)) host.printError(`mockflared: ${lineOf(error)}`)
    return 1
  }
}

function programFor(host: CliHost): Command {
  const program = new Command('mockflared')
    .description("A local double of Cloudflare's Tunnel API")
    .usage('[serve] [options]\n       mockflared VERB [options]')
    .version(VERSION, '-v, --version', 'Show the version')
    .helpOption('-h, --help', 'Show this text')
    .helpCommand('help [VERB]', 'Show the help of a verb')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: text => host.print(text.trimEnd()), writeErr: () => {} })

  for (const addCommand of COMMANDS) addCommand(program, host)

  const help = new Help()
  const serve = program.commands.find(command => command.name() === 'serve')
  return program.configureHelp({
    visibleOptions: command => [...(serve?.options ?? []), ...help.visibleOptions(command)],
    subcommandTerm: command => [command.name(), ...termsOf(command)].join(' '),
  })
}

/** The subcommands of a command, or its arguments. */
function termsOf({ commands, registeredArguments }: Command): readonly string[] {
  return commands.length > 0
    ? [commands.map(command => command.name()).join('|')]
    : registeredArguments.map(argument => (argument.required ? `<${argument.name()}>` : `[${argument.name()}]`))
}

/** Commander begins with "error: " and puts a hint on a line of its own. */
function lineOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const text =
    error instanceof CommanderError ? message.replace(/^error: ./, start => start.slice(-1).toUpperCase()) : message
  return text.trim().replaceAll(/\s*\n\s*/g, ' ')
}
