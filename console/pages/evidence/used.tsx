import type { Report } from '../../../schemas/control/evidence.ts'
import { href } from '../../data/route.ts'
import { count, visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { Behaviour } from '../requests/why.tsx'
import { FailOn, LabelsBar } from './labels-bar.tsx'

interface UsedProps {
  readonly report: Report
  /** Of all worlds. */
  readonly total: Report | undefined
  /** Whether it covers this world alone; then its requests are in the log. */
  readonly isOfWorld: boolean
}

export function Used({ report, total, isOfWorld }: UsedProps) {
  const { behaviours, not_emulated } = report
  if (report.answers === 0) {
    return (
      <Panel>
        <Empty title="No responses yet">
          <p>Each response of the API adds the behaviours that shaped it.</p>
        </Empty>
      </Panel>
    )
  }
  return (
    <>
      <Panel title="How sure the responses are">
        <LabelsBar behaviours={behaviours} />
      </Panel>
      {total && (
        <Panel title="In CI, for all worlds">
          <FailOn behaviours={total.behaviours} />
        </Panel>
      )}
      {not_emulated.length > 0 && (
        <Panel title="Requested, and not emulated">
          <ul class="lines">
            {not_emulated.map(({ operation, answers, first }) => (
              <li key={operation}>
                <code>{operation}</code>
                <First first={first} answers={answers} isOfWorld={isOfWorld} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title="Behaviours used, the least certain first">
        <ul class="behaviours">
          {behaviours.map(behaviour => (
            <Behaviour key={behaviour.id} behaviour={behaviour}>
              <First {...behaviour} isOfWorld={isOfWorld} />
            </Behaviour>
          ))}
        </ul>
      </Panel>
    </>
  )
}

interface FirstProps extends Pick<UsedProps, 'isOfWorld'> {
  readonly first: string
  readonly answers: number
}

/** How many responses used it, and the first request, as `GET /path`. */
export function First({ first, answers, isOfWorld }: FirstProps) {
  const [method = '', path = ''] = first.split(' ')
  return (
    <p class="quiet-text first-use">
      {count(answers, 'response')}, the first to{' '}
      {isOfWorld ? <a href={href(['requests'], { method, path })}>{visible(first)}</a> : <code>{visible(first)}</code>}
    </p>
  )
}
