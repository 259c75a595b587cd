import type { Timestamp } from '../../schemas/timestamp.ts'
import { isStorageFailure } from './storage-failure.ts'
import type { World } from './world.ts'

/**
 * Does work that must not fail now, and must not be left out either. If the storage fails, the work
 * is done when the world's time is next read.
 */
export function runOrPostpone({ scheduler }: World, now: Timestamp, work: (now: Timestamp) => void): void {
  try {
    work(now)
  } catch (error) {
    if (!isStorageFailure(error)) throw error
    scheduler.add(now, work)
  }
}
