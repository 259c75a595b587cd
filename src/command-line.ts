import { parseArgs } from 'node:util'
import {
  DEFAULTS,
  flagOf,
  type Given,
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
  | { readonly kind: 'serve' | 'health'; readonly options: Partial<Options> }

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the command line and the environment; a flag wins over its variable. Throws an Error with one clear line. */
export const readCommand = (args: readonly string[], environment: Environment): Command => {
  const isHealth = args[0] === 'health'
  const flags = flagsIn(isHealth ? args.slice(1) : args)
  if (flags.help) return { kind: 'help' }
  if (flags.version) return { kind: 'version' }

  const options = readOptions(name => flag(name, flags) ?? variable(name, environment))
  return { kind: isHealth ? 'health' : 'serve', options }
}

type Flags = Record<string, string[] | boolean | undefined>

const flag = (name: OptionName, flags: Flags): Given | undefined => {
  const texts = flags[flagOf(name)]
  return Array.isArray(texts) ? { texts, where: `--${flagOf(name)} ${texts}` } : undefined
}

/** A variable for a repeatable option holds a list with commas. */
const variable = (name: OptionName, environment: Environment): Given | undefined => {
  const value = environment[variableOf(name)]
  if (value === undefined) return undefined

  return { texts: name === 'seed' ? value.split(',') : [value], where: `${variableOf(name)}=${value}` }
}

const flagsIn = (args: readonly string[]): Flags => {
  const values = OPTION_NAMES.map(name => [flagOf(name), { type: 'string' as const, multiple: true }] as const)
  const switches = { help: { type: 'boolean' as const, short: 'h' }, version: { type: 'boolean' as const, short: 'v' } }
  const { values: flags } = parseArgs({ args: [...args], options: { ...Object.fromEntries(values), ...switches } })
  return flags as Flags
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
    'Usage: mockflared [options]          start the double',
    '       mockflared health [options]   ask whether the one that they start is well',
    '',
    ...rows.map(([flag, help, name]) => `  ${flag.padEnd(width)}  ${help}\n  ${' '.repeat(width)}  ${name}`),
    `  ${'--help, -h'.padEnd(width)}  Show this text`,
    `  ${'--version, -v'.padEnd(width)}  Show the version`,
    '',
  ].join('\n')
}
