/**
 * Why a configuration is refused: what Go code returns as an `error`, of which only the text matters.
 * It is thrown where the reason is found and becomes a plain string again in validateIngress.
 */
export class Refusal extends Error {}

/** Runs `work`; a refusal from within gets `context` and a colon in front, as layers of Go code wrap their errors. */
export function inContext<T>(context: () => string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(`${context()}: ${error.message}`)
    throw error
  }
}
