/** Runs what a socket triggers. A failure is a line in the log, and never ends the process. */
export function runSafely(warn: (line: string) => void, what: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    warn(failureLine(what, error))
  }
}

export function failureLine(what: string, error: unknown): string {
  return `edge: ${what} failed: ${error instanceof Error ? error.message : error}`
}
