/** Whether bytes pass through a connection. */
export interface Flow {
  /** Resolves when bytes pass again; undefined while they pass. */
  readonly stalled: () => Promise<void> | undefined
  /** Lets no bytes pass for this time. */
  readonly stall: (ms: number) => void
  /** The connection has ended: nothing waits for it any longer. */
  readonly end: () => void
}

export function createFlow(): Flow {
  let waiting: PromiseWithResolvers<void> | undefined
  let timer: NodeJS.Timeout | undefined

  const resume = (): void => {
    clearTimeout(timer)
    waiting?.resolve()
    waiting = undefined
  }
  return {
    stalled: () => waiting?.promise,
    stall: ms => {
      clearTimeout(timer)
      waiting ??= Promise.withResolvers()
      timer = setTimeout(resume, ms).unref()
    },
    end: resume,
  }
}

/** Does the work now, or as soon as bytes pass again. It must not throw. */
export function whenFlowing(flow: Flow, work: () => void): void {
  const stalled = flow.stalled()
  if (stalled) void stalled.then(() => whenFlowing(flow, work))
  else work()
}
