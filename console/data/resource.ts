/** What a page reads from the control plane, read again when an event says that it changed. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { WorldEvent } from '../../schemas/control/event.ts'
import { onEvent } from './live.ts'

/** Four times a second is enough to look live, and little to ask for. */
const SHORTEST_PAUSE_MS = 250

export interface Resource<Data> {
  /** Stays while it is read again, and when that fails. */
  readonly data: Data | undefined
  readonly error: Error | undefined
  readonly reload: () => void
}

/**
 * Loads when the page opens, when `key` changes, after each event for which `changes` says so, and
 * after events were missed.
 */
export function useResource<Data>(
  load: () => Promise<Data>,
  { key = '', changes }: { key?: string; changes: (event: WorldEvent) => boolean },
): Resource<Data> {
  const data = useSignal<Data | undefined>(undefined)
  const error = useSignal<Error | undefined>(undefined)
  const latest = useRef({ load, changes })
  latest.current = { load, changes }
  const reload = useRef<() => void>(() => {})

  useEffect(() => {
    let isCurrent = true
    const read = throttled(async () => {
      try {
        const result = await latest.current.load()
        if (!isCurrent) return
        data.value = result
        error.value = undefined
      } catch (cause) {
        if (isCurrent) error.value = asError(cause)
      }
    })
    data.value = undefined
    error.value = undefined
    reload.current = read
    read()
    const stop = onEvent(event => {
      if (event === 'gap' || latest.current.changes(event)) read()
    })
    return () => {
      isCurrent = false
      stop()
    }
  }, [key])

  return { data: data.value, error: error.value, reload: () => reload.current() }
}

export function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause))
}

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
