/** Commands that call a running server. */
import type { Command } from 'commander'
import { type ClientOptions, type Control, ControlError, createControlClient } from '../client.ts'
import { DEFAULTS, type OptionName } from '../config/options.ts'
import type { Settings } from '../config/resolve.ts'
import { type JsonFlag, type Output, setOutputAction } from './action.ts'
import type { CliHost } from './host.ts'
import { addOptionFlags, readSettings, URL_VARIABLE } from './option-flags.ts'
import { withProgress } from './progress.ts'

export interface ServerFlags {
  readonly url?: string
  readonly world?: string
}

/** `names`: the options from which the URL of the server follows when it is not given. */
export function addServerFlags(command: Command, names: readonly OptionName[]): void {
  command.optionsGroup('Server:')
  command.option('--url <URL>', `URL of the server [from host and port] (${URL_VARIABLE})`)
  addOptionFlags(command, names)
  command.optionsGroup('Options:')
}

export function addWorldFlag(command: Command): void {
  command.option('--world <ID>', 'Id of a world [the main one]')
}

/**
 * The URL that was given: by flag, or by variable unless a flag gives host or port. The base URL of
 * a client works too. Undefined when none was given.
 */
export function givenUrl({ url }: ServerFlags, settings: Settings, { environment }: CliHost): string | undefined {
  if (url !== undefined) return parseTextUrl(url, `--url ${url}`)

  const isFlag = (name: OptionName): boolean => settings.sourceOf(name).startsWith('--')
  const variable = isFlag('host') || isFlag('port') || isFlag('control_port') ? undefined : environment[URL_VARIABLE]
  return variable ? parseTextUrl(variable, `${URL_VARIABLE}=${variable}`) : undefined
}

function parseTextUrl(text: string, origin: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) throw new Error(`${origin}: expected http://HOST:PORT`)
  return text.replace(/\/+$/, '').replace(/\/client\/v4$/, '')
}

/** The URL of a server with these settings, without a slash at the end. */
export function urlFrom(settings: Settings, plane: 'emulated' | 'control' = 'emulated'): string {
  const { host, port: sharedPort, control_port } = { ...DEFAULTS, ...settings.options }
  const port = plane === 'control' ? (control_port ?? sharedPort) : sharedPort
  if (port === 0) throw new Error('port 0 takes any free port: name the server with --url')

  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

const CONTROL_OPTIONS: readonly OptionName[] = ['host', 'port', 'control_port', 'control_token']

interface RemoteInvocation<Flags> {
  readonly control: Control
  /** The server behind `control`. */
  readonly server: ClientOptions
  readonly args: readonly string[]
  readonly flags: Flags
}

/** `run` carries the command out with the control plane of a server. */
export function setRemoteAction<Flags>(
  command: Command,
  host: CliHost,
  run: (invocation: RemoteInvocation<Flags & JsonFlag>) => Promise<Output | undefined>,
): void {
  addServerFlags(command, CONTROL_OPTIONS)
  addWorldFlag(command)
  setOutputAction<Flags & ServerFlags>(command, host, async ({ args, flags }) => {
    const settings = await readSettings(command, host)
    const url = givenUrl(flags, settings, host) ?? urlFrom(settings, 'control')
    const server = { url, world: flags.world, token: settings.options.control_token }
    const send: typeof fetch = (...request) => withProgress(`waiting for ${url}`, host, fetch(...request))
    const control = createControlClient({ ...server, fetch: send })
    return explainFailure(url, () => run({ control, server, args, flags }))
  })
}

/** Rejects with one clear line when the server cannot be reached, or is not mockflared. */
export async function explainFailure<T>(url: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof ControlError && error.code === 'unknown') {
      throw new Error(`${url} answered ${error.status}: is it mockflared, with its control plane on?`)
    }
    if (error instanceof Error && error.name === 'TimeoutError') throw new Error(`${url} does not answer in time`)
    if (error instanceof TypeError && error.cause) throw new Error(`${url} does not answer: ${reasonOf(error.cause)}`)
    throw error
  }
}

/** `fetch` only says that it failed; the cause of its error says why. */
function reasonOf(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  if (code === 'ECONNREFUSED') return 'connection refused'
  return (cause instanceof Error && cause.message) || code || String(cause)
}
