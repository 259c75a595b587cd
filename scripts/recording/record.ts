import { randomBytes } from 'node:crypto'
import type { Recording } from '../../schemas/recording.ts'
import { cleanUp } from './clean-up.ts'
import { createRecorder } from './recorder.ts'
import type { Stage } from './replay.ts'
import { tour } from './tour.ts'

const SECRET_BYTES = 32

export interface Account extends Pick<Stage, 'baseURL' | 'fetch' | 'token'> {
  readonly account: string
  /** Aborted: stop as soon as may be, and clean up. */
  readonly signal: AbortSignal
}

/** The exchanges of a tour. However it ends, none of its tunnels is left; if one may be, the Error says how they are called. */
export const record = async ({ account, signal, ...where }: Account): Promise<Recording> => {
  const prefix = `mockflared-record-${randomBytes(4).toString('hex')}-`
  const secret = (): string => randomBytes(SECRET_BYTES).toString('base64')
  const stoppable: typeof fetch = (input, init) => where.fetch(input, { ...init, signal })
  const recorder = createRecorder({ ...where, fetch: stoppable }, account)
  const recorded_at = new Date().toISOString()

  try {
    await tour(recorder.ask, { prefix, secrets: [secret(), secret()] })
  } finally {
    await cleanUp(createRecorder(where, account).ask, prefix).catch((error: Error) => {
      throw new Error(`delete tunnels whose names begin with ${prefix} by hand: ${error.message}`)
    })
  }
  return { version: 1, recorded_at, steps: recorder.steps }
}
