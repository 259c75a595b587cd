import { randomBytes } from 'node:crypto'
import type { Exchange, Recording } from '../../schemas/recording.ts'
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

/** The exchanges of a tour. None of its tunnels is left, however it ends; where one may be, the Error says its name. */
export async function record({ account, signal, ...where }: Account): Promise<Recording> {
  const prefix = `mockflared-record-${randomBytes(4).toString('hex')}-`
  const secret = (): string => randomBytes(SECRET_BYTES).toString('base64')
  const stoppable: typeof fetch = (input, init) => where.fetch(input, { ...init, signal })
  const recorder = createRecorder({ ...where, fetch: stoppable }, account)
  const recorded_at = new Date().toISOString()

  const failure = await tour(recorder.ask, { prefix, secrets: [secret(), secret()] }).then(
    () => undefined,
    (error: Error) => error,
  )
  if (mayHaveMade(recorder.steps)) {
    await cleanUp(createRecorder(where, account).ask, prefix).catch(({ message }: Error) => {
      const before = failure ? `${failure.message}; ` : ''
      throw new Error(`${before}delete tunnels whose names begin with ${prefix} by hand: ${message}`)
    })
  }
  if (failure) throw failure
  return { version: 1, recorded_at, steps: recorder.steps }
}

/** Unless all that was asked was refused; what got no answer may have come to pass. */
function mayHaveMade(steps: readonly Exchange[]): boolean {
  return steps.length === 0 || steps.some(({ response }) => response.status === 200)
}
