import { useSignal } from '@preact/signals'
import type { JournalEntry } from '../../../schemas/control/journal.ts'
import { say } from '../../data/act.ts'
import { asError } from '../../data/as-error.ts'
import { call } from '../../data/control.ts'
import { go } from '../../data/route.ts'
import { canAct, info } from '../../data/store.ts'
import { Button } from '../../parts/button.tsx'
import { Copyable } from '../../parts/copy-menu.tsx'
import { curlOfRequest, missingPart, sendAgain, whyNotSent } from './curl.ts'
import { requestHref } from './row.tsx'

export function Again({ entry }: { entry: JournalEntry }) {
  const isBusy = useSignal(false)
  if (!info.value) return null

  const setting = info.value
  const obstacle = whyNotSent(entry, setting, location.origin)
  const missing = missingPart(entry)
  const send = async (): Promise<void> => {
    isBusy.value = true
    try {
      const { status } = await sendAgain(entry, setting)
      const [latest] = await call('listRequestSummaries', { method: entry.method, path: entry.path, limit: 1 })
      say(`Sent again: ${status}`, {
        offer: latest && { label: `Open request ${latest.id}`, run: () => go(requestHref(latest.id)) },
      })
    } catch (cause) {
      say(`Sent again, without an answer: ${asError(cause).message}`, { kind: 'failed' })
    }
    isBusy.value = false
  }
  return (
    <section class="request-part">
      <h3>Again</h3>
      {missing !== undefined && <p>{missing}</p>}
      <div class="command">
        <Copyable text={curlOfRequest(entry, setting.base_url)} label="as curl" />
      </div>
      <p class="row">
        <Button
          label={`Send ${entry.method} again`}
          icon="send"
          isDisabled={obstacle !== undefined || !canAct.value || isBusy.value}
          onPress={() => void send()}
        />
        <span class="quiet-text">
          {obstacle !== undefined && obstacle !== missing
            ? obstacle
            : 'This calls the API of this world. It adds an entry to the request log.'}
        </span>
      </p>
    </section>
  )
}
