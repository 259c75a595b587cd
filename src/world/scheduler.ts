import type { Timestamp } from '../../schemas/timestamp.ts'
import { isStorageFailure } from './storage-failure.ts'

interface Job {
  readonly due: Timestamp
  readonly name: string | undefined
  readonly run: (due: Timestamp) => void
}

/**
 * The pending jobs of a world. There is no timer: due jobs run when a caller reads the time with
 * `World.now`.
 */
export interface Scheduler {
  readonly add: (due: Timestamp, run: (due: Timestamp) => void) => void
  /** Adds a job, unless one with this name is already due at that time. */
  readonly addOnce: (name: string, due: Timestamp, run: (due: Timestamp) => void) => void
  /** Removes every job with this name. */
  readonly cancel: (name: string) => void
  /**
   * Runs due jobs in order, each with its own due time, including jobs that these jobs add. A job
   * that fails because of the storage runs again with the next call.
   */
  readonly runDue: (now: Timestamp) => void
  /** The time at which the next job is due. */
  readonly next: () => Timestamp | undefined
  readonly clear: () => void
}

export function createScheduler(): Scheduler {
  let jobs: Job[] = []

  const insert = (job: Job): void => {
    const index = jobs.findIndex(({ due }) => due > job.due)
    jobs.splice(index < 0 ? jobs.length : index, 0, job)
  }

  return {
    add: (due, run) => insert({ due, name: undefined, run }),
    addOnce: (name, due, run) => {
      if (!jobs.some(job => job.due === due && job.name === name)) insert({ due, name, run })
    },
    cancel: name => {
      jobs = jobs.filter(job => job.name !== name)
    },
    runDue: now => {
      while (jobs[0] && jobs[0].due <= now) {
        const [job, ...rest] = jobs
        jobs = rest
        try {
          job.run(job.due)
        } catch (error) {
          if (isStorageFailure(error)) jobs.unshift(job)
          throw error
        }
      }
    },
    next: () => jobs[0]?.due,
    clear: () => {
      jobs = []
    },
  }
}
