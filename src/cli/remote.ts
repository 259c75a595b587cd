/** Where the server is that a verb is about. */
import type { Command } from 'commander'
import { type Control, ControlFailed, createControlClient } from '../client.ts'
import { DEFAULTS, type OptionName } from '../config/options.ts'
import type { Settings } from '../config/resolve.ts'
import { type Said, says } from './action.ts'
import type { Shell } from './host.ts'
import { addOptionFlags, settingsOf } from './option-flags.ts'

const URL_VARIABLE = 'MOCKFLARED_URL'

export interface ServerFlags {
  readonly url?: string
  readonly world?: string
}

/** `names`: the options that say where it is, when its URL is not given. */
export function addServerFlags(command: Command, names: readonly OptionName[]): void {
  command.optionsGroup('Where the server is:')
  command.option('--url <URL>', `Its URL; default: from host and port (${URL_VARIABLE})`)
  addOptionFlags(command, names)
  command.optionsGroup('Options:')
}

/** A URL that was given: by flag, or by variable unless a flag says host or port. A base URL, as clients have it, does too. */
export function givenUrl({ url }: ServerFlags, settings: Settings, { environment }: Shell): string | undefined {
  if (url !== undefined) return checkedUrl(url, `--url ${url}`)

  const isFlag = (name: OptionName): boolean => settings.sourceOf(name).startsWith('--')
  const variable = isFlag('host') || isFlag('port') || isFlag('control_port') ? undefined : environment[URL_VARIABLE]
  return variable ? checkedUrl(variable, `${URL_VARIABLE}=${variable}`) : undefined
}

function checkedUrl(text: string, where: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) throw new Error(`${where}: expected http://HOST:PORT`)
  return text.replace(/\/+$/, '').replace(/\/client\/v4$/, '')
}

/** Where a server with these settings is reached, without a slash at the end. */
export function urlAt(settings: Settings, plane: 'emulated' | 'control' = 'emulated'): string {
  const { host, port: common, control_port } = { ...DEFAULTS, ...settings.options }
  const port = plane === 'control' ? (control_port ?? common) : common
  if (port === 0) throw new Error('port 0 takes any free one: say with --url which it was')

  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

const CONTROL_OPTIONS: readonly OptionName[] = ['host', 'port', 'control_port', 'control_token']

interface Asked<Flags> {
  readonly control: Control
  readonly args: readonly string[]
  readonly flags: Flags
}

/** A verb that asks the control plane of a server. */
export function asks<Flags>(command: Command, shell: Shell, run: (asked: Asked<Flags>) => Promise<Said>): void {
  addServerFlags(command, CONTROL_OPTIONS)
  command.option('--world <ID>', 'The id of a world; default: the main one')
  says<Flags & ServerFlags>(command, shell, async ({ args, flags }) => {
    const settings = await settingsOf(command, shell)
    const url = givenUrl(flags, settings, shell) ?? urlAt(settings, 'control')
    const control = createControlClient({ url, world: flags.world, token: settings.options.control_token })
    return explaining(url, () => run({ control, args, flags }))
  })
}

/** Turns the ways in which a server does not answer into one clear line. */
export async function explaining<T>(url: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof ControlFailed && error.code === 'unknown') {
      throw new Error(`${url} answered ${error.status}: is it mockflared, with its control plane on?`)
    }
    if (error instanceof Error && error.name === 'TimeoutError') throw new Error(`${url} does not answer in time`)
    if (error instanceof TypeError && error.cause) throw new Error(`${url} does not answer: ${causeOf(error.cause)}`)
    throw error
  }
}

/** `fetch` only says that it failed; its cause says why. */
function causeOf(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  if (code === 'ECONNREFUSED') return 'connection refused'
  return (cause instanceof Error && cause.message) || code || String(cause)
}
