import type { Timestamp } from '../../../schemas/timestamp.ts'

/** In whole seconds (recorded: access_times). */
export function inSeconds(time: Timestamp): string {
  return `${time.slice(0, 19)}Z`
}
