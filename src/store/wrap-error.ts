/**
 * Runs `work`. If that throws, throws an Error with one line that starts with `failure`.
 */
export function wrapError<T>(failure: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Error(`${failure}: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}
