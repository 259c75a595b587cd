import { parseArgs } from 'node:util'
import {
  DEFAULTS,
  flagOf,
  OPTION_NAMES,
  OPTIONS,
  type OptionName,
  type Options,
  readOptions,
  variableOf,
} from './options.ts'

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'serve'; readonly options: Partial<Options> }

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the command line and the environment; a flag wins over its variable. Throws an Error with one clear line. */
export const readCommand = (args: readonly string[], environment: Environment): Command => {
  const flags = flagsIn(args)
  if (flags.help) return { kind: 'help' }
  if (flags.version) return { kind: 'version' }

  const textsFor = (name: OptionName): readonly string[] | undefined => {
    const flag = flags[flagOf(name)]
    return Array.isArray(flag) ? flag.map(String) : variable(name, environment)
  }
  return { kind: 'serve', options: readOptions(textsFor) }
}

const flagsIn = (args: readonly string[]) => {
  const values = OPTION_NAMES.map(name => [flagOf(name), { type: 'string' as const, multiple: true }] as const)
  const switches = { help: { type: 'boolean' as const, short: 'h' }, version: { type: 'boolean' as const, short: 'v' } }
  const { values: flags } = parseArgs({ args: [...args], options: { ...Object.fromEntries(values), ...switches } })
  return flags as Record<string, string[] | boolean | undefined>
}

/** A variable for a repeatable option holds a list with commas. */
const variable = (name: OptionName, environment: Environment): readonly string[] | undefined => {
  const value = environment[variableOf(name)]
  return name === 'seed' ? value?.split(',') : value === undefined ? undefined : [value]
}

/** The text of `--help`, from the table of options. */
export const helpText = (): string => {
  const rows = OPTION_NAMES.map(name => {
    const { value, help } = OPTIONS[name]
    const fallback = String(DEFAULTS[name]) || 'none'
    return [`--${flagOf(name)} ${value}`, `${help} [${fallback}]`, variableOf(name)] as const
  })
  const width = Math.max(...rows.map(([flag]) => flag.length))
  return [
    "mockflared: a local double of Cloudflare's Tunnel API",
    '',
    'Usage: mockflared [options]',
    '',
    ...rows.map(([flag, help, name]) => `  ${flag.padEnd(width)}  ${help}\n  ${' '.repeat(width)}  ${name}`),
    `  ${'--help, -h'.padEnd(width)}  Show this text`,
    `  ${'--version, -v'.padEnd(width)}  Show the version`,
    '',
  ].join('\n')
}
