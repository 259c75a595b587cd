import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { App } from './api/route.ts'
import { createApp } from './app.ts'
import { behaviourOf } from './domain/behaviour.ts'
import { loggerFor } from './log.ts'
import { DEFAULTS, type Options } from './options.ts'
import { plant, readSeed } from './seeds.ts'
import { createWorld, type World } from './world.ts'

export interface EmulatorOptions extends Partial<Options> {
  /** False: no socket at all; requests come through `inject`. */
  readonly listen?: boolean
}

export interface Emulator {
  /** Where it listens, such as `http://127.0.0.1:8844`; empty when it does not. */
  readonly url: string
  /** What an SDK takes as its base URL. */
  readonly baseURL: string
  /** A request without a socket. */
  readonly inject: (request: InjectOptions) => Promise<LightMyRequestResponse>
  /** Finishes what is in flight, then closes the database. */
  readonly close: () => Promise<void>
}

/**
 * Composes an emulator and starts it. Rejects with an Error whose message is one clear line: a port that is taken, a seed or
 * a database that will not do.
 */
export const createEmulator = async ({ listen = true, ...given }: EmulatorOptions = {}): Promise<Emulator> => {
  const options: Options = { ...DEFAULTS, log: 'off', ...given }
  const logger = await loggerFor(options.log)
  const world = openWorld(options)
  const app = createApp({ world, checkResponses: options.check_responses, logger })
  app.addHook('onClose', async () => world.close())

  try {
    await app.ready()
    const url = listen ? await listenQuietly(app, options) : ''
    return {
      url,
      baseURL: `${url}/client/v4`,
      inject: request => app.inject(request),
      close: () => app.close(),
    }
  } catch (error) {
    await app.close()
    throw error
  }
}

/** Seeds go only into a world that is empty: what a database file already holds is never overwritten. */
const openWorld = (options: Options): World => {
  const seeds = options.seed.map(readSeed)
  const world = createWorld(options.db, { ...options, behaviour: behaviourOf(options.behaviour) })
  try {
    if (world.store.isEmpty()) plant(world, seeds)
    return world
  } catch (error) {
    world.close()
    throw error
  }
}

/** The URL it listens on. Fastify's own line about it is kept out of the log: whoever started the emulator says so better. */
const listenQuietly = async (app: App, { host, port }: Options): Promise<string> => {
  const { level } = app.log
  app.log.level = 'warn'
  try {
    return reachable(await app.listen({ host, port }))
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    throw isTaken ? new Error(`port ${port} of ${host} is taken`) : error
  } finally {
    app.log.level = level
  }
}

/** A server bound to every address is reached at the local one. */
const reachable = (url: string): string => url.replace('//0.0.0.0', '//127.0.0.1').replace('//[::]', '//[::1]')
