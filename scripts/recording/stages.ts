import type { Recording } from '../../schemas/recording.ts'
import { type Control, createControlClient } from '../../src/client.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'
import type { Stage } from './replay.ts'

const SOME_TIME = '2026-01-01T00:00:00Z'

/** Time that passes between two steps: less than anything waits for, more than any clock overlooks. */
const TICK = '1s'

export type OpenStage = Stage & AsyncDisposable

/** An emulator of its own, with the behaviour of the day of the recording. */
export async function ownStage({ recorded_at }: Recording): Promise<OpenStage> {
  const behaviour = recorded_at === undefined ? 'latest' : new Date(recorded_at).toISOString().slice(0, 10)
  const emulator = await createEmulator({ listen: false, clock: recorded_at ?? SOME_TIME, behaviour })
  return {
    ...steering(emulator.control),
    baseURL: emulator.baseURL,
    fetch: emulator.fetch,
    token: 'any-token',
    account: undefined,
    [Symbol.asyncDispose]: emulator.close,
  }
}

interface Elsewhere {
  readonly url: string
  readonly account: string | undefined
  readonly token: string | undefined
  readonly control_token: string | undefined
}

/** A world of its own in a server that runs, gone afterwards. */
export async function stageAt({ recorded_at }: Recording, where: Elsewhere): Promise<OpenStage> {
  const { account, token = 'any-token', control_token } = where
  const server = { url: where.url.replace(/(\/client\/v4)?\/*$/, ''), token: control_token }
  const main = createControlClient(server)
  const { id, base_url } = await main.createWorld()
  const control = createControlClient({ ...server, world: id })
  await control.moveClock({ freeze: recorded_at ?? SOME_TIME })
  return {
    ...steering(control),
    baseURL: base_url,
    fetch,
    token,
    account,
    [Symbol.asyncDispose]: async () => {
      await main.deleteWorld({ id })
    },
  }
}

function steering(control: Control): Pick<Stage, 'control' | 'tick'> {
  return {
    control: async (verb, input) => {
      const [, perform] = Object.entries<unknown>(control).find(([name]) => name === verb) ?? []
      if (typeof perform !== 'function') throw new Error(`the control plane has no verb ${verb}`)
      await perform(input)
    },
    tick: async () => {
      await control.moveClock({ advance: TICK })
    },
  }
}
