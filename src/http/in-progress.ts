/** Counts the requests in progress, by world. */
export interface InProgress {
  /** Returns a function to call when the request is over; undefined if the world has too many. */
  readonly begin: (world_id: string) => (() => void) | undefined
}

export function countInProgress(max_requests: number): InProgress {
  const counts = new Map<string, number>()
  return {
    begin: world_id => {
      const count = counts.get(world_id) ?? 0
      if (count >= max_requests) return undefined
      counts.set(world_id, count + 1)
      return () => {
        const left = (counts.get(world_id) ?? 0) - 1
        if (left > 0) counts.set(world_id, left)
        else counts.delete(world_id)
      }
    },
  }
}
