/** One request: sent, answered, why, then, again. */
import type { ComponentChildren } from 'preact'
import type { JournalEntry, RequestSummary } from '../../../schemas/control/journal.ts'
import { readCoverage } from '../../data/catalogue.ts'
import { call } from '../../data/control.ts'
import { useResource } from '../../data/resource.ts'
import { href } from '../../data/route.ts'
import { info } from '../../data/store.ts'
import { millis } from '../../data/time.ts'
import { Button } from '../../parts/button.tsx'
import { Copyable, copyText } from '../../parts/copy-menu.tsx'
import { EvidenceWord } from '../../parts/evidence.tsx'
import { dateOf, visible } from '../../parts/format.ts'
import { Icon } from '../../parts/icon.tsx'
import { Loaded } from '../../parts/states.tsx'
import { Again } from './again.tsx'
import { Answered } from './answered.tsx'
import { curlOfRequest } from './curl.ts'
import { expectationOf } from './expectation.ts'
import { replacesLog } from './log.ts'
import { requestHref, Status, titleOf } from './row.tsx'
import { Sent } from './sent.tsx'
import { Then } from './then.tsx'
import { Why } from './why.tsx'

interface DetailProps {
  readonly id: number
  /** The list, the newest first: for the next and the previous one. */
  readonly entries: readonly RequestSummary[]
}

export function Detail({ id, entries }: DetailProps) {
  // It stays readable after the log was cleared. After a reset another request may have its id.
  const entry = useResource(() => call('getRequest', { id }), {
    changes: event => replacesLog(event) && event.type !== 'requests_cleared',
  })
  const coverage = useResource(readCoverage, { changes: () => false })
  const at = entries.findIndex(one => one.id <= id)
  const newer = entries[at === -1 ? entries.length - 1 : at - 1]?.id
  const older = entries.slice(at === -1 ? entries.length : at).find(one => one.id < id)?.id
  return (
    <article class="panel request" aria-label={`Request ${id}`}>
      <nav class="request-nav" aria-label="Other requests">
        <a class="button quiet back" href={requestHref(undefined)}>
          <Icon name="left" /> All requests
        </a>
        <span class="quiet-text">Request {id}</span>
        <span class="space" />
        <Step label="Newer request" icon="up" id={newer} />
        <Step label="Older request" icon="down" id={older} />
        <a class="button quiet icon-only close" href={requestHref(undefined)} aria-label="Close" title="Close">
          <Icon name="close" />
        </a>
      </nav>
      <Loaded resource={entry}>
        {loaded => (
          <>
            <Head entry={loaded} />
            <Sent entry={loaded} coverage={coverage.data} />
            <Answered entry={loaded} />
            <Why entry={loaded} coverage={coverage} />
            <Then entry={loaded} />
            <Again entry={loaded} />
          </>
        )}
      </Loaded>
    </article>
  )
}

function Step({ label, icon, id }: { label: string; icon: 'up' | 'down'; id: number | undefined }) {
  return id === undefined ? null : (
    <a class="button quiet icon-only" href={requestHref(id)} aria-label={label} title={label}>
      <Icon name={icon} />
    </a>
  )
}

function Head({ entry }: { entry: JournalEntry }) {
  const { at, duration_ms, status, method, path, evidence, answer_headers = {} } = entry
  const ray = answer_headers['cf-ray']
  return (
    <header class="request-head">
      <h2>
        <Status status={status} /> {titleOf(entry)}
      </h2>
      <p class="request-line">
        <b>{method}</b> <code>{breakable(path)}</code>
      </p>
      <p class="request-facts">
        <time>
          {dateOf(millis(at))} {at.slice(11, 23)} UTC
        </time>
        {duration_ms !== null && <span>{duration_ms.toFixed(1)} ms</span>}
        {evidence && <EvidenceWord label={evidence} />}
        {ray !== undefined && <Copyable text={ray} label="the ray" />}
      </p>
      <p class="row">
        <Button
          label="Copy as curl"
          icon="copy"
          isDisabled={!info.value}
          onPress={() => info.value && void copyText(curlOfRequest(entry, info.value.base_url))}
        />
        <a class="button" href={href(['verify'], { expect: JSON.stringify(expectationOf(entry)) })}>
          <Icon name="verify" /> Verify this…
        </a>
      </p>
    </header>
  )
}

/** A path may break before each slash. */
function breakable(path: string): ComponentChildren {
  return path.split(/(?=\/)/).map((segment, index) => (
    <>
      <wbr key={index} />
      {visible(segment)}
    </>
  ))
}
