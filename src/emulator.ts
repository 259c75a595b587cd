import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { App } from './api/route.ts'
import { createApp } from './app.ts'
import type { Control } from './control/library.ts'
import { behaviourOf } from './domain/behaviour.ts'
import { normalised } from './domain/time.ts'
import { loggerFor } from './log.ts'
import { DEFAULTS, type Options } from './options.ts'
import { readSeeds } from './seeds.ts'
import { openStore } from './store/store.ts'
import type { KnownOperation } from './world/fault-rules.ts'
import { createWorlds, MAIN, type Worlds } from './worlds.ts'

export interface EmulatorOptions extends Partial<Options> {
  /** False: no socket at all; requests come through `inject`. */
  readonly listen?: boolean
}

export interface Emulator {
  /** Where it is reached: `public_url`, or where it listens, such as `http://127.0.0.1:8844`; empty when it does not. */
  readonly url: string
  /** What an SDK takes as its base URL. */
  readonly baseURL: string
  /** Where the control plane of the main world is reached; empty when it is not. */
  readonly controlURL: string
  /** The control plane of the main world. */
  readonly control: Control
  /** The control plane of another world; rejects when there is none of this id. */
  readonly controlOf: (world: string) => Control
  /** A request without a socket. */
  readonly inject: (request: InjectOptions) => Promise<LightMyRequestResponse>
  /** Finishes what is in flight, then closes the databases. */
  readonly close: () => Promise<void>
}

/**
 * Composes an emulator and starts it. Rejects with an Error whose message is one clear line: a port that is taken, a seed or
 * a database that will not do.
 */
export const createEmulator = async ({ listen = true, ...given }: EmulatorOptions = {}): Promise<Emulator> => {
  const options: Options = { ...DEFAULTS, log: 'off', ...given }
  const logger = await loggerFor(options.log)
  const operations: KnownOperation[] = []
  const worlds = openWorlds(options, operations)
  const app = createApp({ ...options, worlds, operations, logger })
  app.addHook('onClose', async () => worlds.close())

  try {
    await app.ready()
    const listening = listen ? await listenQuietly(app, options) : ''
    const url = listen ? (options.public_url ?? listening) : ''
    return {
      url,
      baseURL: `${url}/client/v4`,
      get controlURL() {
        return app.controlUrl()
      },
      get control() {
        return app.controlFor(MAIN)
      },
      controlOf: id => app.controlFor(id),
      inject: request => app.inject(request),
      close: () => app.close(),
    }
  } catch (error) {
    await app.close()
    throw asClearLine(error)
  }
}

const openWorlds = (options: Options, operations: readonly KnownOperation[]): Worlds => {
  const seeds = options.seed.flatMap(readSeeds)
  const settings = {
    ...options,
    operations,
    behaviour: behaviourOf(options.behaviour),
    frozen_at: options.clock === undefined ? undefined : normalised(options.clock),
  }
  const store = openStore(options.db)
  try {
    return createWorlds(store, seeds, settings, options)
  } catch (error) {
    store.close()
    throw error
  }
}

/** The URL it listens on. Fastify's own line about it is kept out of the log: whoever started the emulator says so better. */
const listenQuietly = async (app: App, { host, port }: Options): Promise<string> => {
  const { level } = app.log
  app.log.level = 'warn'
  try {
    return reachable(await app.listen({ host, port }))
  } finally {
    app.log.level = level
  }
}

/** A port that is taken is the one failure that everybody meets, so it is said plainly. */
const asClearLine = (error: unknown): unknown => {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  return isTaken && 'port' in error && 'address' in error
    ? new Error(`port ${error.port} of ${error.address} is taken`)
    : error
}

/** A server bound to every address is reached at the local one. */
const reachable = (url: string): string => url.replace('//0.0.0.0', '//127.0.0.1').replace('//[::]', '//[::1]')
