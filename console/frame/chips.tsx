/** Facts that concern every page: faults that are on, and how sure the responses are. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Report } from '../../schemas/control/evidence.ts'
import { call } from '../data/control.ts'
import { onEvent } from '../data/live.ts'
import { faults } from '../data/store.ts'
import { Icon } from '../parts/icon.tsx'

export function FaultsBolt() {
  const active = faults.value.filter(({ exhausted }) => !exhausted).length
  if (active === 0) return null
  return (
    <a class="button bolt" href="#/faults">
      <Icon name="faults" />
      <span>
        <b>{active}</b>
        <span class="wide"> {active === 1 ? 'fault' : 'faults'}</span>
        <span class="off-screen"> on</span>
      </span>
    </a>
  )
}

/** The report is long, and each request may change it. */
const READ_AFTER_MS = 5_000

/** The least certain behaviours that responses used so far. */
export function EvidenceChip() {
  const report = useSignal<Report | undefined>(undefined)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = async (): Promise<void> => {
      try {
        report.value = await call('getReport')
      } finally {
        timer = undefined
      }
    }
    const stop = onEvent(event => {
      if (event === 'gap' || event.type === 'request') timer ??= setTimeout(() => void read(), READ_AFTER_MS)
    })
    void read()
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [])
  const [least] = report.value?.behaviours ?? []
  if (!least) return null
  const number = report.value?.behaviours.filter(({ evidence }) => evidence === least.evidence).length ?? 0
  return (
    <a class="button evidence-chip" href="#/evidence" title="The least certain behaviours that responses used">
      <Icon name="evidence" />
      <span>
        <b>{number}</b> {least.evidence}
      </span>
    </a>
  )
}
