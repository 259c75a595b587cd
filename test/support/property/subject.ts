import type { InjectOptions } from 'fastify'
import { expect } from 'vitest'
import type { Control } from '../../../schemas/control/control.ts'
import type { State } from '../../../schemas/state.ts'
import type { Emulator } from '../../../src/emulator/emulator.ts'
import { ACCOUNT } from '../emulator.ts'

type Method = InjectOptions['method'] & string

export interface Outcome {
  readonly status: number
  /** The code of the first error. */
  readonly code: number | undefined
  readonly result: unknown
  readonly result_info: unknown
}

/** One world, in an emulator that many runs share. */
export interface Subject {
  readonly control: Control
  /** Sends a request below `cfd_tunnel`. It repeats a GET, which must have the same result. */
  readonly api: (method: Method, path: string, body?: unknown) => Promise<Outcome>
  readonly dump: () => Promise<State>
}

/** Ids depend on the name of the world, so a constant name makes single runs repeatable. */
const WORLD = 'run'

export const PREFIX = `/w/${WORLD}`

/** Runs `work` in a world with `state`, and deletes the world afterwards. */
export async function inWorld<T>(emulator: Emulator, state: State, work: (subject: Subject) => Promise<T>): Promise<T> {
  await emulator.control.createWorldAs({ id: WORLD, from: 'empty' })
  try {
    const subject = subjectIn(emulator)
    await subject.control.putState(state)
    return await work(subject)
  } finally {
    await emulator.control.deleteWorld({ id: WORLD })
  }
}

function subjectIn(emulator: Emulator): Subject {
  const control = emulator.controlOf(WORLD)
  const send = async (method: Method, path: string, body?: unknown): Promise<Outcome> => {
    const response = await emulator.inject({
      method,
      url: `${PREFIX}/client/v4/accounts/${ACCOUNT}/cfd_tunnel${path}`,
      headers: { authorization: 'Bearer token' },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    })
    const { result, result_info, errors } = response.json()
    return { status: response.statusCode, code: errors[0]?.code, result, result_info }
  }
  /** A new URL each time, which no cache can have. */
  let times = 0
  const uniquePath = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}times=${times++}`

  return {
    control,
    dump: () => control.getState(),
    api: async (method, path, body) => {
      const outcome = await send(method, path, body)
      if (method === 'GET')
        expect([await send(method, path), await send(method, uniquePath(path))]).toEqual([outcome, outcome])
      return outcome
    },
  }
}
