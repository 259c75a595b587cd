/**
 * What Go code returns as an `error`, of which only the text matters. It is thrown where the reason
 * is found, and validateIngress turns it back into a plain string.
 */
export class GoError extends Error {
  override readonly name = 'GoError'
}

/**
 * Runs `work`, and puts `context` and a colon before the text of a GoError, as Go code wraps one.
 */
export function withContext<T>(context: () => string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof GoError) throw new GoError(`${context()}: ${error.message}`)
    throw error
  }
}
