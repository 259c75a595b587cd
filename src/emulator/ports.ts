import type { RequestListener } from 'node:http'
import type { Options } from '../../schemas/options.ts'
import type { RespondToError } from '../http/client-errors.ts'
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
