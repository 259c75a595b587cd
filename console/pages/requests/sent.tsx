import type { Coverage } from '../../../schemas/control/evidence.ts'
import type { JournalEntry } from '../../../schemas/control/journal.ts'
import { href } from '../../data/route.ts'
import { nameOfTunnel } from '../../data/store.ts'
import { count, visible } from '../../parts/format.ts'
import { Icon } from '../../parts/icon.tsx'
import { Json } from '../../parts/json.tsx'
import { likelyField } from './likely-field.ts'

interface SentProps {
  readonly entry: JournalEntry
  readonly coverage: Coverage | undefined
}

export function Sent({ entry, coverage }: SentProps) {
  const { query, headers, body, tunnel_id, unread, operation } = entry
  const fields = coverage?.operations.find(one => one.operation === operation)?.fields
  const known = [...(fields?.query ?? []), ...(fields?.body ?? [])].map(({ field }) => field)
  const likely = new Map(unread.map(path => [path, likelyField(path, known)]))
  const marks = new Map(unread.map(path => [path, noteOf(likely.get(path))]))
  return (
    <section class="request-part">
      <h3>Sent</h3>
      {unread.length > 0 && (
        <div class="finding">
          <Icon name="warning" />
          <div>
            <p>
              The API did not read <Paths paths={unread} />. Such a key is ignored without an error.
            </p>
            {[...likely].map(
              ([path, name]) =>
                name !== undefined && (
                  <p key={path}>
                    Did you mean <code>{name}</code> instead of <code>{visible(path)}</code>?
                  </p>
                ),
            )}
          </div>
        </div>
      )}
      {tunnel_id !== null && (
        <p>
          Tunnel <a href={href(['tunnels', tunnel_id])}>{visible(nameOfTunnel(tunnel_id))}</a>
        </p>
      )}
      {Object.keys(query).length > 0 && <Json label="query" root="query" value={query} marks={marks} />}
      {body !== null && <Json label="body" root="body" value={body} marks={marks} />}
      <Headers headers={headers} />
    </section>
  )
}

function noteOf(likely: string | undefined): string {
  return likely === undefined ? 'not read' : `not read: did you mean ${likely}?`
}

function Paths({ paths }: { paths: readonly string[] }) {
  return (
    <>
      {paths.map((path, index) => (
        <>
          {index > 0 && (index === paths.length - 1 ? ' and ' : ', ')}
          <code key={path}>{visible(path)}</code>
        </>
      ))}
    </>
  )
}

function Headers({ headers }: { headers: Readonly<Record<string, string>> }) {
  const all = Object.entries(headers)
  if (all.length === 0) return null
  return (
    <details class="headers">
      <summary>{count(all.length, 'header')}</summary>
      <HeaderList headers={headers} />
    </details>
  )
}

export function HeaderList({ headers }: { headers: Readonly<Record<string, string>> }) {
  return (
    <dl class="header-list">
      {Object.entries(headers).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{visible(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
