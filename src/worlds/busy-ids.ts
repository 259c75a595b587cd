/** The worlds that are being created or replaced, by id. Only one of these happens to an id at a time. */
export function createBusyIds() {
  const running = new Map<string, Promise<unknown>>()

  return {
    has: (id: string): boolean => running.has(id),
    ids: (): Iterable<string> => running.keys(),

    run: async <T>(id: string, work: () => Promise<T>): Promise<T> => {
      const result = work()
      running.set(id, result)
      try {
        return await result
      } finally {
        running.delete(id)
      }
    },

    /** Waits until the present work is done, whether it succeeds or fails. */
    settled: async (id: string): Promise<void> => {
      await Promise.allSettled([running.get(id)])
    },
  }
}
