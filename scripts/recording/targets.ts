import type { Recording } from '../../schemas/recording.ts'
import { type Control, createControlClient } from '../../src/client.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'
import type { ReplayTarget } from './replay.ts'

const DEFAULT_TIME = '2026-01-01T00:00:00Z'

/**
 * Time between two steps: long enough to show in every timestamp, too short for anything to expire.
 */
const TICK = '1s'

export type DisposableTarget = ReplayTarget & AsyncDisposable

/** Starts an emulator that behaves as on the day of the recording. */
export async function startEmulatorTarget({ recorded_at }: Recording): Promise<DisposableTarget> {
  const behaviour = recorded_at === undefined ? 'latest' : new Date(recorded_at).toISOString().slice(0, 10)
  const emulator = await createEmulator({ listen: false, clock: recorded_at ?? DEFAULT_TIME, behaviour })
  return {
    ...controlFunctions(emulator.control),
    baseURL: emulator.baseURL,
    fetch: emulator.fetch,
    token: 'any-token',
    account: undefined,
    [Symbol.asyncDispose]: emulator.close,
  }
}

interface RunningServer {
  readonly url: string
  readonly account: string | undefined
  readonly token: string | undefined
  readonly control_token: string | undefined
}

/** Creates a world in a running server, and deletes it when the target is disposed. */
export async function createWorldTarget({ recorded_at }: Recording, running: RunningServer): Promise<DisposableTarget> {
  const { account, token = 'any-token', control_token } = running
  const server = { url: running.url.replace(/(\/client\/v4)?\/*$/, ''), token: control_token }
  const main = createControlClient(server)
  const { id, base_url } = await main.createWorld()
  const control = createControlClient({ ...server, world: id })
  await control.moveClock({ freeze: recorded_at ?? DEFAULT_TIME })
  return {
    ...controlFunctions(control),
    baseURL: base_url,
    fetch,
    token,
    account,
    [Symbol.asyncDispose]: async () => {
      await main.deleteWorld({ id })
    },
  }
}

function controlFunctions(control: Control): Pick<ReplayTarget, 'control' | 'tick'> {
  return {
    control: async (verb, input) => {
      const [, run] = Object.entries<unknown>(control).find(([name]) => name === verb) ?? []
      if (typeof run !== 'function') throw new Error(`the control plane has no verb ${verb}`)
      await run(input)
    },
    tick: async () => {
      await control.moveClock({ advance: TICK })
    },
  }
}
