/** The options of an emulator as flags of a command. */
import { type Command, Option } from 'commander'
import { readConfigFile } from '../config/config-file.ts'
import {
  defaultTextOf,
  flagOf,
  flagTermOf,
  isSwitch,
  modelOf,
  negationOf,
  type OptionName,
  spellingsOf,
  variableOf,
} from '../config/options.ts'
import { misspeltVariables, resolveSettings, type Settings } from '../config/resolve.ts'
import type { CliHost } from './host.ts'

/** Names the configuration file where no flag can, as in a container. */
const CONFIG_VARIABLE = 'MOCKFLARED_CONFIG'

/** Names a running server. */
export const URL_VARIABLE = 'MOCKFLARED_URL'

export function addOptionFlags(command: Command, names: readonly OptionName[]): void {
  for (const name of names) {
    const [preferred, ...others] = spellingsOf(name)
    command.addOption(flagFor(name, preferred))
    for (const other of others) command.addOption(flagFor(name, other).hideHelp())
    const negation = negationOf(name)
    if (negation !== undefined)
      command.addOption(collecting(new Option(`--no-${flagOf(preferred)}`).preset(negation).hideHelp()))
  }
  command.option(
    '--config <FILE>',
    `Read options from this file [mockflared.config.json, .ts or .mts] (${CONFIG_VARIABLE})`,
  )
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
  const flag = `--${flagOf(spelling)}`
  return isSwitch(name)
    ? collecting(new Option(`${flag} [${valueName}]`, help).preset('true'))
    : collecting(new Option(`${flag} <${valueName}>`, help))
}

function collecting(option: Option): Option {
  return option.argParser((text, before: readonly string[] = []) => [...before, text])
}

/** The flag as the help shows it. */
export function optionTerm({ flags }: Option, names: readonly OptionName[]): string {
  const name = names.find(one => isSwitch(one) && flags.startsWith(`--${flagOf(one)} `))
  return name === undefined ? flags : flagTermOf(name)
}

/** The options that flags, environment and configuration file give. */
export async function readSettings(command: Command, host: CliHost): Promise<Settings> {
  const { environment, workingDirectory } = host
  for (const line of misspeltVariables(environment, [CONFIG_VARIABLE, URL_VARIABLE]))
    host.printError(`mockflared: ${line}`)

  const flags = command.opts<Record<string, unknown>>()
  const named = typeof flags.config === 'string' ? flags.config : environment[CONFIG_VARIABLE] || undefined
  return resolveSettings({
    flag: spelling => textsOf(flags[new Option(`--${flagOf(spelling)}`).attributeName()]),
    environment,
    file: await readConfigFile(named, workingDirectory),
  })
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value : undefined
}
