/** Four times a second is enough to look live, and little to ask for. */
const SHORTEST_PAUSE_MS = 250

/** Runs at once, and then again if it was asked for meanwhile. Never twice at the same time. */
export function throttled(run: () => Promise<void>): () => void {
  let isBusy = false
  let isWanted = false
  const start = async (): Promise<void> => {
    isBusy = true
    isWanted = false
    await Promise.all([run(), new Promise(resolve => setTimeout(resolve, SHORTEST_PAUSE_MS))])
    isBusy = false
    if (isWanted) void start()
  }
  return () => {
    if (isBusy) isWanted = true
    else void start()
  }
}
