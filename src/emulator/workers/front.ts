/**
 * The main thread of a server with worker threads. It accepts connections, answers health checks,
 * and sends each request to the thread that has its world. It loads nothing of an emulator.
 */
import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import type { Options } from '../../../schemas/options.ts'
import { createControlClient } from '../../client.ts'
import { environmentFor } from '../../config/client-env.ts'
import { requireAllGroups } from '../../config/group-folders.ts'
import { optionsOf } from '../../config/library-options.ts'
import { maxWorldsOf } from '../max-worlds.ts'
import {
  addressesOf,
  type Listeners,
  openControlPort,
  openPorts,
  type PortHandlers,
  withClearMessage,
} from '../ports.ts'
import type { Emulator } from '../types.ts'
import { createDirectory } from './directory.ts'
import { startGroups } from './groups.ts'
import type { PublicUrls } from './protocol.ts'
import { createRelay } from './relay.ts'
import { createRouter } from './router.ts'

/** A server that runs, as the command needs it. */
export type WorkersServer = Pick<
  Emulator,
  | 'url'
  | 'baseURL'
  | 'consoleURL'
  | 'tlsURL'
  | 'edgeAddress'
  | 'gatewayURL'
  | 'edgeCaFile'
  | 'env'
  | 'control'
  | 'close'
>

/**
 * Starts the worker threads and then the ports. Rejects with an Error whose message is one line, as
 * `createEmulator` does.
 */
export async function startWorkers(given: Partial<Options>): Promise<WorkersServer> {
  const options = optionsOf(given)
  refuse(options)
  const key = randomUUID()
  const directory = createDirectory(options.workers)
  const relay = createRelay(key)
  let urls: PublicUrls | undefined
  const groups = await startGroups({ options, key, directory, urls: () => urls })
  const route = createRouter(groups, directory, relay, { ...options, max_worlds: maxWorldsOf(options) })
  const opened = Promise.withResolvers<void>()
  const listeners: Listeners = {}
  const handlers: PortHandlers = {
    api: afterwards(opened.promise, route('api')),
    control: () => afterwards(opened.promise, route('control')),
    respond: error => groups.first()?.call('respondToError', error) ?? '',
  }
  const close = async (): Promise<void> => {
    groups.stop()
    await Promise.all(Object.values(listeners).map(listener => listener?.close()))
    await groups.close()
    relay.close()
  }
  try {
    await openPorts(listeners, handlers, options)
    await openControlPort(listeners, handlers, options)
    urls = { api: options.public_url ?? listeners.emulated?.url ?? '', control: listeners.control?.url }
    await groups.setUrls(urls)
    opened.resolve()
  } catch (error) {
    opened.resolve()
    await close()
    throw withClearMessage(error)
  }

  const { controlURL, ...addresses } = addressesOf(listeners, options, urls.api)
  const { control_token } = options
  const { account_id, token } = groups.first() ?? {}
  let ended: Promise<void> | undefined
  return {
    ...addresses,
    edgeAddress: '',
    gatewayURL: '',
    edgeCaFile: '',
    env: { ...environmentFor({ url: urls.api, account_id, token }), ...listeners.tls?.trust },
    control: createControlClient({ url: controlURL.replace(/\/[^/]*$/, ''), token: control_token }),
    close: () => (ended ??= close()),
  }
}

/** Throws an Error for what only works in one thread. */
function refuse({ edge_port, db, workers }: Options): void {
  if (edge_port !== undefined) {
    throw new Error('--edge-port needs all worlds in one thread: leave out --workers')
  }
  if (process.getBuiltinModule('node:sea').isSea()) {
    throw new Error('--workers: the single executable has no worker threads; install mockflared with npm')
  }
  requireAllGroups(db, workers)
}

/** A handler for requests that may arrive before the threads know the addresses of the server. */
function afterwards(opened: Promise<void>, handle: RequestListener): RequestListener {
  let isOpen = false
  const done = opened.then(() => {
    isOpen = true
  })
  return (request, response) => {
    if (isOpen) handle(request, response)
    else void done.then(() => handle(request, response))
  }
}
