/** The table of options as flags of a verb. */
import { type Command, Option } from 'commander'
import { readConfigFile } from '../config/config-file.ts'
import { DEFAULTS, flagOf, OPTIONS, type OptionName, variableOf } from '../config/options.ts'
import { type Settings, settingsFrom } from '../config/resolve.ts'
import type { Shell } from './host.ts'

/** Says which file holds the options, where no flag can, as in a container. */
const CONFIG_VARIABLE = 'MOCKFLARED_CONFIG'

export function addOptionFlags(command: Command, names: readonly OptionName[]): void {
  for (const name of names) command.addOption(optionOf(name))
  command.option('--config <FILE>', `Read options from this file [mockflared.config.json or .ts] (${CONFIG_VARIABLE})`)
}

/** Every text is kept: what it means, and whether it may stand twice, is for the table to say. */
function optionOf(name: OptionName): Option {
  const { value, help } = OPTIONS[name]
  const fallback = String(DEFAULTS[name] ?? '') || 'none'
  return new Option(`--${flagOf(name)} <${value}>`, `${help} [${fallback}] (${variableOf(name)})`).argParser(
    (text, before: readonly string[] = []) => [...before, text],
  )
}

/** What flags, environment and configuration file together say. */
export async function settingsOf(command: Command, { environment, folder, importModule }: Shell): Promise<Settings> {
  const flags = command.opts<Record<string, unknown>>()
  const named = typeof flags.config === 'string' ? flags.config : environment[CONFIG_VARIABLE] || undefined
  return settingsFrom({
    flag: name => textsOf(flags[keyOf(name)]),
    environment,
    file: await readConfigFile(named, folder, importModule),
  })
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value : undefined
}

/** Of `secret_min_bytes`: `secretMinBytes`, under which commander keeps it. */
function keyOf(name: OptionName): string {
  return name.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase())
}
