/**
 * A replica is updated and killed while 30 clients with the official SDK work in 300 worlds. Clients of
 * the other replicas notice nothing; its own lose no write that was acknowledged.
 */
import { stdout } from 'node:process'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { BALANCERS, skipReason } from '../support/fleet/balancers.ts'
import { type Fleet, startFleet } from '../support/fleet/fleet.ts'
import { createJob, isRetriable, type Job, storedIn, work } from '../support/fleet/jobs.ts'

const CLIENTS = 30
const WORLDS_OF_CLIENT = 10
/** How many clients must have given up before the replica comes back. */
const FAILURES = 10
const POLL = { timeout: 60_000, interval: 20 }

async function createWorlds({ url }: Fleet, jobs: readonly Job[]): Promise<void> {
  for (const { id } of jobs) {
    const response = await fetch(`${url}/_mockflared/worlds/${id}`, { method: 'PUT', body: '{"from":"empty"}' })
    expect(response.status).toBe(200)
  }
}

function sumOf(jobs: readonly Job[], count: (job: Job) => number): number {
  return jobs.reduce((sum, job) => sum + count(job), 0)
}

function failuresOf(jobs: readonly Job[]): unknown[] {
  return jobs.flatMap(({ failures }) => failures)
}

/** Such as `150 × 503, 2 × 409`. */
function tally(statuses: readonly number[]): string {
  const groups = Map.groupBy(statuses, status => status)
  return [...groups].map(([status, { length }]) => `${length} × ${status || 'no response'}`).join(', ')
}

/** Waits while the clients work. Throws a failure that no client repeats at once. */
async function waitUntil(jobs: readonly Job[], isReached: () => boolean): Promise<void> {
  await vi.waitUntil(() => {
    const final = failuresOf(jobs).find(failure => !isRetriable(failure))
    if (final) throw final
    return isReached()
  }, POLL)
}

/** Waits until every world has another acknowledged tunnel. */
async function waitForWrites(jobs: readonly Job[]): Promise<void> {
  const before = jobs.map(({ acknowledged }) => acknowledged.size)
  await waitUntil(jobs, () => jobs.every(({ acknowledged }, nth) => acknowledged.size > (before[nth] ?? 0)))
}

describe.each(BALANCERS)('%s', name => {
  const reason = skipReason(name)

  it.skipIf(reason)(
    `${reason && `SKIPPED: ${reason}: `}hides a killed replica from all but its own clients`,
    async () => {
      const fleet = await startFleet(name)
      onTestFinished(() => fleet.close())
      const [, killed] = fleet.replicas
      if (!killed) throw new Error('there is no second replica')
      const clients = Array.from({ length: CLIENTS }, (_, client) =>
        Array.from({ length: WORLDS_OF_CLIENT }, (_, nth) => createJob(`job-${client}-${nth}`)),
      )
      const jobs = clients.flat()
      await Promise.all(clients.map(worlds => createWorlds(fleet, worlds)))
      const lost = new Set(await killed.worlds())
      const own = jobs.filter(({ id }) => lost.has(id))
      const others = jobs.filter(({ id }) => !lost.has(id))

      let isOver = false
      const done = Promise.all(clients.map(worlds => work(worlds, fleet.url, () => isOver)))
      await waitForWrites(jobs)
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        await killed.stop(signal)
        await killed.start()
        await waitForWrites(jobs)
      }
      const inRestarts = failuresOf(own).length
      await killed.stop('SIGKILL')
      await waitUntil(jobs, () => failuresOf(own).length >= inRestarts + FAILURES)
      await killed.start()
      await waitForWrites(jobs)
      isOver = true
      await done

      expect(others.flatMap(({ failedAttempts }) => failedAttempts)).toEqual([])
      expect(failuresOf(own).filter(failure => !isRetriable(failure))).toEqual([])
      for (const job of jobs) {
        const known = [...(await storedIn(job, fleet.url))].filter(([tunnel]) => !job.unanswered.has(tunnel))
        expect(known.toSorted(), job.id).toEqual([...job.acknowledged].toSorted())
      }
      stdout.write(
        `${name}: ${own.length} worlds on the killed replica, ${others.length} on the others; ` +
          `${sumOf(jobs, ({ acknowledged }) => acknowledged.size)} writes acknowledged, none lost; ` +
          `failed attempts: ${tally(own.flatMap(({ failedAttempts }) => failedAttempts))}; failed calls: ` +
          `${inRestarts} in two restarts, ${failuresOf(own).length - inRestarts} in a longer outage, none elsewhere\n`,
      )
    },
  )
})
