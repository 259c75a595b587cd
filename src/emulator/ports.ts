import type { RequestListener } from 'node:http'
import type { Options } from '../../schemas/options.ts'
import { baseURLOf } from '../config/client-env.ts'
import { consoleMode } from '../config/console-mode.ts'
import { CONSOLE_PATH, CONTROL_PREFIX } from '../config/paths.ts'
import type { RespondToError } from '../http/client-errors.ts'
import type { EmulatorContext } from '../http/context.ts'
import { type Listener, openListener } from '../http/listener.ts'
import { openTlsListener, type TlsListener } from './tls.ts'

/** The ports of a server that are open. */
export interface Listeners {
  emulated?: Listener
  control?: Listener
  tls?: TlsListener | undefined
}

/** What handles the requests to each port. */
export interface PortHandlers {
  readonly api: RequestListener
  /** For the control plane on a port of its own. */
  readonly control: () => RequestListener | Promise<RequestListener>
  readonly respond: RespondToError
}

/** Opens the ports of an emulator, and adds each to `opened` at once. */
export type OpenPorts = (opened: Listeners, handlers: PortHandlers, context: EmulatorContext) => Promise<void>

/** Opens the ports that the options name, and adds each to `opened` at once. */
export async function openPorts(opened: Listeners, { api, respond }: PortHandlers, options: Options): Promise<void> {
  const { host, port } = options
  opened.emulated = await openListener(respond, api, { host, port })
  opened.tls = await openTlsListener(respond, api, options)
}

/** Opens the port of the control plane, if it has its own. */
export async function openControlPort(
  opened: Listeners,
  { control: handlerOf, respond }: PortHandlers,
  { host, control, control_port: port }: Options,
): Promise<void> {
  if (control === 'off' || port === undefined) return
  opened.control = await openListener(respond, await handlerOf(), { host, port })
}

/** The addresses of a server, as users need them; empty for what is off. `url`: of the API. */
export function addressesOf({ emulated, control, tls }: Listeners, options: Options, url: string) {
  const controlListener = options.control === 'off' ? undefined : (control ?? emulated)
  const consoleURL = `${control?.url ?? url}${CONSOLE_PATH}`
  return {
    url,
    baseURL: baseURLOf(url),
    controlURL: controlListener ? `${controlListener.url}${CONTROL_PREFIX}` : '',
    consoleURL: controlListener && consoleMode(options) !== 'off' ? consoleURL : '',
    tlsURL: tls?.url ?? '',
    caFile: tls?.ca_file ?? '',
  }
}

/** The most common failures of a port get a clearer message than Node's. */
export function withClearMessage(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && 'port' in error && 'address' in error)) return error

  const place = `port ${error.port} of ${error.address}`
  if (error.code === 'EADDRINUSE') return new Error(`${place} is taken`)
  return error.code === 'EACCES' ? new Error(`${place} needs more rights; ports from 1024 need none`) : error
}
