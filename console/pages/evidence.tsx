/** `#/evidence` and `#/evidence/{behaviour}`: how we know what the responses rest on. */
import { action } from '../data/act.ts'
import { readCoverage } from '../data/catalogue.ts'
import { call } from '../data/control.ts'
import { worldName } from '../data/place.ts'
import { useResource } from '../data/resource.ts'
import { href, path, query, setQuery } from '../data/route.ts'
import { AskButton } from '../parts/ask-button.tsx'
import { Chips } from '../parts/chips.tsx'
import { count } from '../parts/format.ts'
import { PageHead } from '../parts/page.tsx'
import { Loaded } from '../parts/states.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { BehaviourFacts } from './evidence/behaviour.tsx'
import { Deviations, Operations } from './evidence/coverage.tsx'
import { Used } from './evidence/used.tsx'
import { replacesLog } from './requests/log.ts'

const TABS = [
  { name: 'used', label: 'Used' },
  { name: 'coverage', label: 'Coverage' },
  { name: 'deviations', label: 'Deviations' },
] as const

export function Evidence() {
  const [, id] = path.value
  const isOfWorld = id !== undefined || query.value.get('worlds') !== 'all'
  const tab = TABS.find(({ name }) => name === query.value.get('tab'))?.name ?? 'used'
  const filter = isOfWorld ? { world_id: worldName } : {}
  const report = useResource(() => call('getReport', filter), {
    key: String(isOfWorld),
    changes: event => event.type === 'request' || replacesLog(event),
  })
  const total = useResource(() => call('getReport'), { changes: ({ type }) => type === 'request' })
  const coverage = useResource(readCoverage, { changes: () => false })
  if (id !== undefined) {
    return (
      <>
        <PageHead title={id}>
          <a class="button" href={href(['evidence'])}>
            All evidence
          </a>
        </PageHead>
        <Loaded resource={coverage} action={action('getCoverage', {})}>
          {data => <BehaviourFacts id={id} coverage={data} report={report.data} />}
        </Loaded>
      </>
    )
  }
  return (
    <>
      <PageHead title="Evidence" facts={report.data && factsOf(report.data)}>
        <AskButton
          label="Reset"
          icon="undo"
          action={action('clearReport', {})}
          question="Reset the report of all worlds?"
          onDone={() => {
            report.reload()
            total.reload()
          }}
        />
      </PageHead>
      <Tabs
        label="Evidence"
        current={tab}
        tabs={TABS.map(one => ({ ...one, href: href(['evidence'], one.name === 'used' ? {} : { tab: one.name }) }))}
      >
        {tab === 'used' ? (
          <>
            <p class="evidence-scope">
              <Chips
                label="Responses of"
                choices={[
                  { value: 'this', label: 'This world' },
                  { value: 'all', label: 'All worlds' },
                ]}
                value={isOfWorld ? 'this' : 'all'}
                onChoose={value => setQuery({ worlds: value === 'all' ? 'all' : undefined })}
              />
            </p>
            <Loaded resource={report} action={action('getReport', filter)}>
              {data => <Used report={data} total={total.data} isOfWorld={isOfWorld} />}
            </Loaded>
          </>
        ) : (
          <Loaded resource={coverage} action={action('getCoverage', {})}>
            {data => (tab === 'coverage' ? <Operations coverage={data} /> : <Deviations coverage={data} />)}
          </Loaded>
        )}
      </Tabs>
    </>
  )
}

function factsOf({ answers, behaviours }: { answers: number; behaviours: readonly unknown[] }): string {
  return `${count(answers, 'response')} used ${count(behaviours.length, 'behaviour')}`
}
