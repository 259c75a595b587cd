import type { InjectOptions } from 'fastify'
import { expect } from 'vitest'
import type { Control } from '../../../schemas/control/control.ts'
import type { State } from '../../../schemas/state.ts'
import type { Emulator } from '../../../src/emulator/emulator.ts'
import { ACCOUNT } from '../emulator.ts'

type Method = InjectOptions['method'] & string

export interface Outcome {
  readonly status: number
  /** Of the first error. */
  readonly code: number | undefined
  readonly result: unknown
  readonly result_info: unknown
}

/** What a property is about: a world of its own in an emulator that many runs share. */
export interface Subject {
  readonly control: Control
  /** A request to the emulated plane of the world, below `cfd_tunnel`. What only reads is asked again and must be the same. */
  readonly api: (method: Method, path: string, body?: unknown) => Promise<Outcome>
  readonly dump: () => Promise<State>
}

/** Always under one name, since ids follow from it: so a single run gives the same ids as it did among many. */
const WORLD = 'run'

export const PREFIX = `/w/${WORLD}`

/** Runs `work` in a world that starts with `state` and is gone afterwards. */
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
  const ask = async (method: Method, path: string, body?: unknown): Promise<Outcome> => {
    const response = await emulator.inject({
      method,
      url: `${PREFIX}/client/v4/accounts/${ACCOUNT}/cfd_tunnel${path}`,
      headers: { authorization: 'Bearer token' },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    })
    const { result, result_info, errors } = response.json()
    return { status: response.statusCode, code: errors[0]?.code, result, result_info }
  }
  /** What was never asked in these words is made anew. */
  let times = 0
  const anew = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}times=${times++}`

  return {
    control,
    dump: () => control.getState(),
    api: async (method, path, body) => {
      const answer = await ask(method, path, body)
      if (method === 'GET') expect([await ask(method, path), await ask(method, anew(path))]).toEqual([answer, answer])
      return answer
    },
  }
}
