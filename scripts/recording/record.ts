import { randomBytes } from 'node:crypto'
import type { Exchange, Recording } from '../../schemas/recording.ts'
import { deleteTunnels } from './delete-tunnels.ts'
import { createRecorder } from './recorder.ts'
import type { ReplayTarget } from './replay.ts'
import { runOperations } from './run-operations.ts'

const SECRET_BYTES = 32

export interface Account extends Pick<ReplayTarget, 'baseURL' | 'fetch' | 'token'> {
  readonly account: string
  /** Abort it to stop the recording and clean up. */
  readonly signal: AbortSignal
}

/**
 * Records all operations. It deletes its tunnels however the recording ends. If a tunnel may be
 * left, the Error names it.
 */
export async function record({ account, signal, ...server }: Account): Promise<Recording> {
  const prefix = `mockflared-record-${randomBytes(4).toString('hex')}-`
  const randomSecret = (): string => randomBytes(SECRET_BYTES).toString('base64')
  const abortableFetch: typeof fetch = (input, init) => server.fetch(input, { ...init, signal })
  const recorder = createRecorder({ ...server, fetch: abortableFetch }, account)
  const recorded_at = new Date().toISOString()

  const failure = await runOperations(recorder.sendRequest, { prefix, secrets: [randomSecret(), randomSecret()] }).then(
    () => undefined,
    (error: Error) => error,
  )
  if (mayHaveCreatedTunnels(recorder.steps)) {
    await deleteTunnels(createRecorder(server, account).sendRequest, prefix).catch(({ message }: Error) => {
      const before = failure ? `${failure.message}; ` : ''
      throw new Error(`${before}delete tunnels whose names begin with ${prefix} by hand: ${message}`)
    })
  }
  if (failure) throw failure
  return { version: 1, recorded_at, steps: recorder.steps }
}

/** True unless every request was rejected. A request without a response may have succeeded. */
function mayHaveCreatedTunnels(steps: readonly Exchange[]): boolean {
  return steps.length === 0 || steps.some(({ response }) => response.status === 200)
}
