import type { DueItem } from '../../schemas/control/due.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { isStorageFailure } from './storage-failure.ts'

/** What a job does, for people. */
export type Plan = Omit<DueItem, 'at'>

interface Job {
  readonly due: Timestamp
  readonly name: string | undefined
  readonly plan: Plan | undefined
  /** Whether the world can schedule it again from what it keeps elsewhere. */
  readonly isKept: boolean
  readonly run: Work
}

/** `now`: the time up to which due jobs run. It is later than `due` after a jump of the clock. */
type Work = (due: Timestamp, now: Timestamp) => void

/**
 * The pending jobs of a world. There is no timer: due jobs run when a caller reads the time with
 * `World.now`.
 */
export interface Scheduler {
  readonly add: (due: Timestamp, run: Work, plan?: Plan, isKept?: boolean) => void
  /** Adds a job, unless one with this name is already due at that time. */
  readonly addOnce: (name: string, due: Timestamp, run: Work, plan?: Plan, isKept?: boolean) => void
  /** Removes every job with this name. */
  readonly cancel: (name: string) => void
  /**
   * Runs due jobs in order, each with its own due time, including jobs that these jobs add. A job
   * that fails because of the storage runs again with the next call.
   */
  readonly runDue: (now: Timestamp) => void
  /** The time at which the next job is due. */
  readonly next: () => Timestamp | undefined
  /** Whether there are jobs that only this scheduler knows. */
  readonly hasOwnJobs: () => boolean
  /** The plans of the jobs that have one, in the order in which they are due. */
  readonly plans: () => readonly DueItem[]
  readonly clear: () => void
}

export function createScheduler(): Scheduler {
  let jobs: Job[] = []

  const insert = (job: Job): void => {
    const index = jobs.findIndex(({ due }) => due > job.due)
    jobs.splice(index < 0 ? jobs.length : index, 0, job)
  }

  return {
    add: (due, run, plan, isKept = false) => insert({ due, name: undefined, plan, isKept, run }),
    addOnce: (name, due, run, plan, isKept = false) => {
      if (!jobs.some(job => job.due === due && job.name === name)) insert({ due, name, plan, isKept, run })
    },
    cancel: name => {
      jobs = jobs.filter(job => job.name !== name)
    },
    runDue: now => {
      while (jobs[0] && jobs[0].due <= now) {
        const [job, ...rest] = jobs
        jobs = rest
        try {
          job.run(job.due, now)
        } catch (error) {
          if (isStorageFailure(error)) jobs.unshift(job)
          throw error
        }
      }
    },
    next: () => jobs[0]?.due,
    hasOwnJobs: () => jobs.some(({ isKept }) => !isKept),
    plans: () => jobs.flatMap(({ due, plan }) => (plan ? [{ at: due, ...plan }] : [])),
    clear: () => {
      jobs = []
    },
  }
}
