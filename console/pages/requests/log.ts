/** The request log of the world, the newest entry first, read on as requests come. */
import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { WorldEvent } from '../../../schemas/control/event.ts'
import type { RequestFilter, RequestSummary } from '../../../schemas/control/journal.ts'
import { asError } from '../../data/as-error.ts'
import { call } from '../../data/control.ts'
import { onEvent } from '../../data/live.ts'
import { throttled } from '../../data/throttled.ts'

/** Entries that the page keeps. */
export const MOST_ENTRIES = 1_000

/** After these the entries that were read are no longer those of the world. */
export function replacesLog({ type }: WorldEvent): boolean {
  return type === 'requests_cleared' || type === 'world_reset' || type === 'snapshot_restored'
}

export interface RequestLog {
  /** undefined until it is read. */
  readonly entries: ReadonlySignal<readonly RequestSummary[] | undefined>
  readonly error: Error | undefined
  readonly reload: () => void
}

/** At 84 requests a second it asks four times, and only for what is new. */
export function useRequestLog(filter: RequestFilter): RequestLog {
  const entries = useSignal<readonly RequestSummary[] | undefined>(undefined)
  const error = useSignal<Error | undefined>(undefined)
  const reload = useRef<() => void>(() => {})

  useEffect(() => {
    let isCurrent = true
    let isWhole = true
    const read = throttled(async () => {
      const known = isWhole ? [] : (entries.value ?? [])
      isWhole = false
      try {
        const after = known[0]?.id
        const range = after === undefined ? { limit: MOST_ENTRIES } : { after }
        const more = await call('listRequestSummaries', { ...filter, ...range })
        if (!isCurrent) return
        if (after === undefined || more.length > 0)
          entries.value = [...more.toReversed(), ...known].slice(0, MOST_ENTRIES)
        error.value = undefined
      } catch (cause) {
        if (!isCurrent) return
        isWhole = true
        error.value = asError(cause)
      }
    })
    const readAll = (): void => {
      isWhole = true
      read()
    }
    reload.current = readAll
    readAll()
    const stop = onEvent(event => {
      if (event === 'gap' || replacesLog(event)) readAll()
      else if (event.type === 'request') read()
    })
    return () => {
      isCurrent = false
      stop()
    }
  }, [JSON.stringify(filter)])

  return { entries, error: error.value, reload: () => reload.current() }
}
