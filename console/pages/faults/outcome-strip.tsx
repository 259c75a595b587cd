import { type Draft, type Outcome, outcomes } from './selection.ts'

const REQUESTS = 12
const STEP = 15

/** On which of the first requests a rule acts. A picture of its sentence, which stands beside it. */
export function OutcomeStrip({ rule }: { rule: Draft }) {
  return (
    <svg class="outcomes" width={REQUESTS * STEP} height="12" viewBox={`0 0 ${REQUESTS * STEP} 12`} aria-hidden="true">
      {outcomes(rule, REQUESTS).map((outcome, index) => (
        <g key={index} class={outcome} transform={`translate(${index * STEP} 0)`}>
          <Mark outcome={outcome} />
        </g>
      ))}
    </svg>
  )
}

function Mark({ outcome }: { outcome: Outcome }) {
  if (outcome === 'passes') return <circle cx="6" cy="6" r="2" />
  return (
    <>
      <rect x=".75" y=".75" width="10.5" height="10.5" rx="2.5" />
      <path d="m4 4 4 4m0-4-4 4" />
    </>
  )
}
