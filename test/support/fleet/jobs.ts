/** CI jobs of a fleet: clients with the official SDK, each with its own worlds. */
import Cloudflare, { APIConnectionError, ConflictError, InternalServerError } from 'cloudflare'
import { ACCOUNT } from '../emulator.ts'

/** What a client did in one world, and what it was told. */
export interface Job {
  readonly id: string
  /** The name of each tunnel that the server acknowledged, with its id. */
  readonly acknowledged: Map<string, string>
  /** Names whose response did not arrive: the server may have stored them. */
  readonly unanswered: Set<string>
  readonly failures: unknown[]
  /** The status of each attempt that failed, also of those that the SDK repeated; 0 for no response. */
  readonly failedAttempts: number[]
}

export function createJob(id: string): Job {
  return { id, acknowledged: new Map(), unanswered: new Set(), failures: [], failedAttempts: [] }
}

/** With the SDK's own retries. */
function tunnelsOf({ id, failedAttempts }: Job, url: string) {
  const send: typeof fetch = async (target, init) => {
    const response = await fetch(target, init).catch((error: unknown) => {
      failedAttempts.push(0)
      throw error
    })
    if (!response.ok) failedAttempts.push(response.status)
    return response
  }
  const sdk = new Cloudflare({ apiToken: 'token', baseURL: `${url}/w/${id}/client/v4`, fetch: send })
  return sdk.zeroTrust.tunnels.cloudflared
}

/** Visits the worlds in turn, until told to stop. In each, it creates a tunnel and reads it again. */
export async function work(jobs: readonly Job[], url: string, isOver: () => boolean): Promise<void> {
  const visits = jobs.map(job => ({ job, tunnels: tunnelsOf(job, url) }))
  while (!isOver()) {
    for (const { job, tunnels } of visits) {
      const name = `${job.id}-${job.acknowledged.size + job.unanswered.size}`
      job.unanswered.add(name)
      try {
        const { id = '' } = await tunnels.create({ account_id: ACCOUNT, name, config_src: 'cloudflare' })
        job.unanswered.delete(name)
        job.acknowledged.set(name, id)
        const found = await tunnels.get(id, { account_id: ACCOUNT })
        if (found.name !== name) job.failures.push(new Error(`${id} is ${found.name}, not ${name}`))
      } catch (error) {
        job.failures.push(error)
      }
      if (isOver()) return
    }
  }
}

/**
 * Whether the SDK repeats a request after this failure. A conflict is one as well: the server stored
 * the tunnel before it died, and the SDK asked for the same name once more.
 */
export function isRetriable(failure: unknown): boolean {
  return [InternalServerError, APIConnectionError, ConflictError].some(type => failure instanceof type)
}

/** All tunnels of a world, by name. */
export async function storedIn(job: Job, url: string): Promise<ReadonlyMap<string, string>> {
  const tunnels = await Array.fromAsync(tunnelsOf(job, url).list({ account_id: ACCOUNT, per_page: 1_000 }))
  return new Map(tunnels.map(({ name = '', id = '' }) => [name, id]))
}
