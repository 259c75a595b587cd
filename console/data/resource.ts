/** What a page reads from the control plane, read again when an event says that it changed. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { WorldEvent } from '../../schemas/control/event.ts'
import { asError } from './as-error.ts'
import { onEvent } from './live.ts'
import { throttled } from './throttled.ts'

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
