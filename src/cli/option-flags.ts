/** The options of an emulator as flags of a command. */
import { type Command, Option } from 'commander'
import { readConfigFile } from '../config/config-file.ts'
import { defaultTextOf, flagOf, modelOf, type OptionName, spellingsOf, variableOf } from '../config/options.ts'
import { resolveSettings, type Settings } from '../config/resolve.ts'
import type { CliHost } from './host.ts'

/** Names the configuration file where no flag can, as in a container. */
const CONFIG_VARIABLE = 'MOCKFLARED_CONFIG'

export function addOptionFlags(command: Command, names: readonly OptionName[]): void {
  for (const name of names) {
    const [preferred, ...others] = spellingsOf(name)
    command.addOption(flagFor(name, preferred))
    for (const other of others) command.addOption(flagFor(name, other).hideHelp())
  }
  command.option('--config <FILE>', `Read options from this file [mockflared.config.json or .ts] (${CONFIG_VARIABLE})`)
}

/**
 * Collects the texts of a flag, unparsed. Commander could read the variables too, by
 * `Option.env()`; but it takes them from the process itself, repeats a secret in its error
 * messages, and knows no configuration file.
 */
function flagFor(name: OptionName, spelling: string): Option {
  const { valueName, description } = modelOf(name)
  const fallback = defaultTextOf(name) || 'none'
  const help = `${description} [${fallback}] (${variableOf(spelling)})`
  const value = modelOf(name).type === 'boolean' ? `[${valueName}]` : `<${valueName}>`
  return new Option(`--${flagOf(spelling)} ${value}`, help).argParser((text, before: unknown) => [
    ...(textsOf(before) ?? []),
    text,
  ])
}

/** The options that flags, environment and configuration file give. */
export async function readSettings(command: Command, { environment, workingDirectory }: CliHost): Promise<Settings> {
  const flags = command.opts<Record<string, unknown>>()
  const named = typeof flags.config === 'string' ? flags.config : environment[CONFIG_VARIABLE] || undefined
  return resolveSettings({
    flag: spelling => textsOf(flags[new Option(`--${flagOf(spelling)}`).attributeName()]),
    environment,
    file: await readConfigFile(named, workingDirectory),
  })
}

/** A flag without a value is true; only those of booleans may be. */
function textsOf(value: unknown): readonly string[] | undefined {
  if (value === true) return ['true']
  return Array.isArray(value) ? value : undefined
}
