import type { JournalEntry, Miss, Verification } from '../../../schemas/control/journal.ts'
import { href } from '../../data/route.ts'
import { count, visible } from '../../parts/format.ts'
import { Icon } from '../../parts/icon.tsx'
import { Status, titleOf } from '../requests/row.tsx'
import { differingPart, wantedWords } from './expectation.ts'

/** Links that one line holds. */
const MOST_LINKS = 20

interface ResultProps {
  readonly result: Verification
  /** The requests that are nearest. */
  readonly near: readonly JournalEntry[]
}

export function Result({ result, near }: ResultProps) {
  const { passed, matched, expected, request_ids, nearest } = result
  return (
    <>
      <p class={`verdict ${passed ? 'healthy' : 'down'}`} role="status">
        <Icon name={passed ? 'check' : 'close'} size={22} />
        <b>{passed ? 'Passed' : 'Not passed'}</b>
        <span>
          expected {wantedWords(expected)}, {count(matched, 'request')} matched
        </span>
      </p>
      {request_ids.length > 0 && (
        <p class="row">
          {request_ids.slice(-MOST_LINKS).map(id => (
            <a key={id} href={href(['requests', String(id)])}>
              Request {id}
            </a>
          ))}
          {request_ids.length > MOST_LINKS && (
            <span class="quiet-text">and {request_ids.length - MOST_LINKS} before</span>
          )}
        </p>
      )}
      {nearest.length > 0 && <h3>The nearest requests</h3>}
      {nearest.map(({ request_id, differences }) => (
        <Near
          key={request_id}
          id={request_id}
          entry={near.find(({ id }) => id === request_id)}
          differences={differences}
        />
      ))}
    </>
  )
}

interface NearProps {
  readonly id: number
  readonly entry: JournalEntry | undefined
  readonly differences: readonly Miss[]
}

function Near({ id, entry, differences }: NearProps) {
  return (
    <section class="near" aria-label={`Request ${id}`}>
      <p class="near-head">
        <a href={href(['requests', String(id)])}>Request {id}</a>
        {entry && (
          <>
            <Status status={entry.status} /> <span>{titleOf(entry)}</span>
          </>
        )}
      </p>
      <div class="near-table">
        <table aria-label={`How request ${id} differs`}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Expected</th>
              <th scope="col">Actual</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ field, expected, actual }) => (
              <tr key={field}>
                <td>
                  <code>{visible(field)}</code>
                </td>
                <td>
                  <Side value={expected} other={actual} />
                </td>
                <td>
                  <Side value={actual} other={expected} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** One side of a difference, with the part that differs marked. */
function Side({ value, other }: { value: unknown; other: unknown }) {
  if (value === undefined) return <span class="quiet-text">nothing</span>
  const [before, part, after] = differingPart(JSON.stringify(value), JSON.stringify(other) ?? '')
  return (
    <code>
      {visible(before)}
      {part !== '' && <mark>{visible(part)}</mark>}
      {visible(after)}
    </code>
  )
}
