import { Command, CommanderError, Help } from 'commander'
import { OPTION_NAMES } from '../config/options.ts'
import { VERSION } from '../config/version.ts'
import { NegativeResult } from './action.ts'
import { COMMAND_GROUPS } from './commands/index.ts'
import { addExamples } from './examples.ts'
import type { CliHost } from './host.ts'
import { optionTerm } from './option-flags.ts'

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

export function programFor(host: CliHost): Command {
  const help = new Help()
  const program: Command = new Command('mockflared')
    .description("A local emulator of Cloudflare's Tunnel API")
    .usage('[serve] [options]\n       mockflared COMMAND [options]')
    .version(VERSION, '-v, --version', 'Show the version')
    .helpOption('-h, --help', 'Show this help')
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: text => host.print(text.trimEnd()), writeErr: () => {} })
    .configureHelp({
      // `serve` is the default command, so its options are those of the program.
      visibleOptions: command => [
        ...(command === program
          ? command.commands.slice(0, 1).flatMap(serve => serve.options.filter(({ hidden }) => !hidden))
          : []),
        ...help.visibleOptions(command),
      ],
      subcommandTerm: command => [command.name(), ...termsOf(command)].join(' '),
      optionTerm: option => optionTerm(option, OPTION_NAMES),
      optionDescription: option =>
        option.presetArg === undefined ? help.optionDescription(option) : option.description,
    })
  for (const [group, commands] of Object.entries(COMMAND_GROUPS)) {
    program.commandsGroup(`${group}:`)
    for (const addCommand of commands) addCommand(program, host)
  }
  addExamples(program)
  return program
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
  return (error instanceof CommanderError ? lineOfParseError(error) : message).trim().replaceAll(/\s*\n\s*/g, ' ')
}

function lineOfParseError({ code, message }: CommanderError): string {
  const line = message
    .replace(/^error: /, '')
    .replaceAll(/'([^']*)'/g, '"$1"')
    .replace(/\s*\(Did you mean (.+)\?\)$/, '; did you mean "$1"?')
  return code === 'commander.unknownOption' && !line.includes(';') ? `${line}; see mockflared --help` : line
}
