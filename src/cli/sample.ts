/** The account and the token to give to a client of a server. */
import { ControlError, createControlClient } from '../client.ts'
import type { ClientTarget } from '../config/client-env.ts'
import type { Settings } from '../config/resolve.ts'
import type { CliHost } from './host.ts'
import { isMockflared, PROBE_TIMEOUT_MS } from './probe.ts'

type Sample = Pick<ClientTarget, 'account_id' | 'token'>

export interface AskedServer {
  readonly url: string
  /** The URL of its control plane. */
  readonly controlUrl: string
  readonly world: string | undefined
  readonly token: string | undefined
}

/**
 * Asks a server. If its control plane does not answer, you get the defaults. Rejects as `fetch` does
 * when no server answers, and with a ControlError when another program does.
 */
export async function sampleOf({ url, controlUrl, world, token }: AskedServer, host: CliHost): Promise<Sample> {
  try {
    return await createControlClient({ url: controlUrl, world, token, fetch: fetchInTime }).getInfo()
  } catch (error) {
    const isDefinite = error instanceof ControlError && !(error.code === 'gone' && world !== undefined)
    if (!isDefinite || (error.code === 'unknown' && !(await isMockflared(url)))) throw error

    const reason = error.code === 'unknown' ? 'there is no control plane' : error.message
    host.printError(`mockflared: ${url}: ${reason}; account and token are the defaults`)
    return {}
  }
}

const fetchInTime: typeof fetch = (input, init) =>
  fetch(input, { ...init, signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })

/** The values that a server with these settings would return. */
export async function sampleOfNewServer({ options }: Settings, { createEmulator }: CliHost): Promise<Sample> {
  const { control, close } = await createEmulator({ ...options, db: ':memory:', log: 'off', listen: false })
  try {
    return await control.getInfo()
  } finally {
    await close()
  }
}
