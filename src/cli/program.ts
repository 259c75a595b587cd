/** The command line: every verb, under one help. */
import { Command, CommanderError, Help } from 'commander'
import { VERSION } from '../config/version.ts'
import { AnsweredNo } from './action.ts'
import { addServe } from './commands/serve.ts'
import type { Shell } from './host.ts'
import { startsServer } from './starts-server.ts'

/** Carries a command line out; answers with the exit code. What went wrong is told in one line. */
export async function runCommand(args: readonly string[], shell: Shell): Promise<number> {
  try {
    const program = await programFor(args, shell)
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    if (!(error instanceof AnsweredNo)) shell.complain(`mockflared: ${lineOf(error)}`)
    return 1
  }
}

async function programFor(args: readonly string[], shell: Shell): Promise<Command> {
  const program = new Command('mockflared')
    .description("A local double of Cloudflare's Tunnel API")
    .usage('[serve] [options]\n       mockflared VERB [options]')
    .version(VERSION, '-v, --version', 'Show the version')
    .helpOption('-h, --help', 'Show this text')
    .helpCommand('help [VERB]', 'Show the help of a verb')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: text => shell.print(text.trimEnd()), writeErr: () => {} })

  const serve = addServe(program, shell)
  if (!startsServer(args)) {
    const { addOthers } = await import('./commands/index.ts')
    addOthers(program, shell)
  }

  const help = new Help()
  return program.configureHelp({
    visibleOptions: command => [...serve.options, ...help.visibleOptions(command)],
    subcommandTerm: verb => [verb.name(), ...wordsOf(verb)].join(' '),
  })
}

/** The verbs of a noun, or the arguments of a verb. */
function wordsOf({ commands, registeredArguments }: Command): readonly string[] {
  return commands.length > 0
    ? [commands.map(verb => verb.name()).join('|')]
    : registeredArguments.map(argument => (argument.required ? `<${argument.name()}>` : `[${argument.name()}]`))
}

/** Commander begins with "error: " and puts a hint in a line of its own. */
function lineOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const text =
    error instanceof CommanderError ? message.replace(/^error: ./, start => start.slice(-1).toUpperCase()) : message
  return text.trim().replaceAll(/\s*\n\s*/g, ' ')
}
