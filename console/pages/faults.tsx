import { call } from '../data/control.ts'
import { useResource } from '../data/resource.ts'
import { faults, info } from '../data/store.ts'
import { count } from '../parts/format.ts'
import { PageHead } from '../parts/page.tsx'
import { Refusal } from '../parts/states.tsx'
import { API_FAULTS } from './faults/kinds.tsx'
import { FaultTools } from './faults/tools.tsx'

/** `#/faults`. The rule that someone builds is in `rule`, as JSON. */
export function Faults() {
  const reports = useResource(() => call('listFaults'), {
    changes: ({ type }) => type === 'request' || type === 'world_reset' || type.startsWith('fault_'),
  })
  const acting = faults.value.filter(({ exhausted }) => !exhausted).length
  return (
    <>
      <PageHead
        title="Faults"
        facts={acting === 0 ? 'every request of this world behaves' : `${count(acting, 'fault')} can act`}
      />
      {info.value?.inject_faults === false && (
        <Refusal message="Faults are turned off. Start the server without --no-inject-faults to add one." />
      )}
      <FaultTools kind={API_FAULTS} reports={reports} />
    </>
  )
}
