/**
 * Does `work`. If it throws, throws an Error that says in one line what could not be done and why.
 */
export function orRefuse<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}
