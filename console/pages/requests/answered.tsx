import type { JournalEntry } from '../../../schemas/control/journal.ts'
import { visible } from '../../parts/format.ts'
import { Json } from '../../parts/json.tsx'
import { HeaderList } from './sent.tsx'

interface ApiError {
  readonly code?: unknown
  readonly message?: unknown
}

export function Answered({ entry: { status, answer, answer_headers = {} } }: { entry: JournalEntry }) {
  const { 'cf-ray': _shownAbove, ...headers } = answer_headers
  return (
    <section class="request-part">
      <h3>Answered</h3>
      {status === null && <p>Nothing: the connection ended before a response began.</p>}
      {errorsIn(answer).map(({ code, message }, index) => (
        <p key={index} class="api-error">
          <b>{String(code)}</b> {visible(String(message).trim())}
        </p>
      ))}
      {answer !== null && <Json label="answer" root="answer" value={answer} />}
      {Object.keys(headers).length > 0 && <HeaderList headers={headers} />}
    </section>
  )
}

function errorsIn(answer: unknown): readonly ApiError[] {
  const { errors } = Object(answer) as { errors?: unknown }
  return Array.isArray(errors) ? errors : []
}
