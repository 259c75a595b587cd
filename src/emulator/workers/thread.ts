/** A worker thread: an emulator for one group of worlds, behind the main thread. */
import type { RequestListener } from 'node:http'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { MAIN_WORLD_ID } from '../../config/paths.ts'
import type { EmulatorContext } from '../../http/context.ts'
import { type Listener, openListener } from '../../http/listener.ts'
import { PRODUCTS } from '../../resources/products.ts'
import { sampleCredentials } from '../../resources/sample-account.ts'
import { refuseAtLimit } from '../../worlds/refusals.ts'
import type { Worlds } from '../../worlds/registry.ts'
import { composeEmulator } from '../emulator.ts'
import type { Listeners, PortHandlers } from '../ports.ts'
import { sharedAppFor } from '../shared-app.ts'
import { answerCall } from './calls.ts'
import {
  type Announcement,
  type Assignment,
  type Notice,
  PEER_HEADER,
  type PublicUrls,
  type Readiness,
  type WorkerFunctions,
} from './protocol.ts'

/** The main thread refuses larger headers, and adds one. */
const MAX_HEADER_BYTES = 32 * 1024

// Stack traces then name the files of the source, not those of the bundle.
process.setSourceMapsEnabled(true)
if (parentPort) void serve(workerData, parentPort)

async function serve({ options, group, key }: Assignment, main: MessagePort): Promise<void> {
  const drained = Promise.withResolvers<void>()
  const say = (notice: Notice): void => main.postMessage(notice)
  let urls: PublicUrls = { api: '', control: undefined }
  let ready: Readiness | undefined
  let functions: Omit<WorkerFunctions, 'warn' | 'setUrls' | 'stop' | 'close'> | undefined

  /** Sockets for the main thread, which say that they are where the clients connect. */
  const openPorts = async (
    opened: Listeners,
    handlers: PortHandlers,
    { worlds, figures }: EmulatorContext,
  ): Promise<void> => {
    const open = async (handle: RequestListener) =>
      openListener(handlers.respond, withPeer(handle, key), {
        host: '127.0.0.1',
        port: 0,
        max_header_bytes: MAX_HEADER_BYTES,
      })
    const publicly = ({ close }: Listener, url: () => string): Listener => ({
      get url() {
        return url()
      },
      close: async () => {
        await drained.promise
        await close()
      },
    })
    const api = await open(handlers.api)
    opened.emulated = publicly(api, () => urls.api)
    const control = options.control_port === undefined ? undefined : await open(await handlers.control())
    if (control) opened.control = publicly(control, () => urls.control ?? '')
    ready = readinessOf(worlds, portOf(api), control && portOf(control))
    functions = {
      announce: event => announce(worlds, event),
      respondToError: handlers.respond,
      figures: async () => figures?.(),
      refuseAtLimit: max_worlds => refuseAtLimit(worlds.main(), max_worlds),
    }
    worlds
      .main()
      .events.subscribe(
        ({ world_id = '', reason }) => say({ ended: { type: 'world_deleted', world_id, reason } }),
        ['world_deleted'],
      )
  }
  try {
    const emulator = await composeEmulator(options, PRODUCTS, undefined, { openPorts, hides_main: group > 0 })
    const { warn } = await sharedAppFor(options)
    if (!ready || !functions) throw new Error('the worker thread has no port')
    const all: WorkerFunctions = {
      ...functions,
      warn,
      setUrls: given => {
        urls = given
      },
      stop: () => void emulator.close().then(() => main.close()),
      close: () => drained.resolve(),
    }
    main.on('message', call => void answerCall(all, call))
    say({ ready })
  } catch (error) {
    say({ failed: error instanceof Error ? error.message : String(error) })
    main.close()
  }
}

/** Makes a request look as if it came from the client itself; only the main thread has the key. */
function withPeer(handle: RequestListener, key: string): RequestListener {
  return (request, response) => {
    const { rawHeaders, headers, socket } = request
    const [name, value = ''] = rawHeaders
    const [given, protocol, address] = value.split(' ')
    if (name !== PEER_HEADER || given !== key) {
      socket.destroy()
      return
    }
    rawHeaders.splice(0, 2)
    delete headers[PEER_HEADER]
    // A connection of the main thread carries one request at a time.
    Object.defineProperties(socket, {
      remoteAddress: { value: address, configurable: true },
      encrypted: { value: protocol === 'https', configurable: true },
    })
    handle(request, response)
  }
}

function readinessOf(worlds: Worlds, api_port: number, control_port: number | undefined): Readiness {
  const { account_id, token } = sampleCredentials(worlds.main())
  const world_ids = worlds.ids().filter(id => id !== MAIN_WORLD_ID)
  return { api_port, control_port, world_ids, account_id, token }
}

function announce(worlds: Worlds, { type, world_id, reason }: Announcement): void {
  const { events, now } = worlds.main()
  events.emit({ at: now(), type, world_id, ...(reason !== undefined && { reason }) })
}

function portOf({ url }: Listener): number {
  return Number(new URL(url).port)
}
