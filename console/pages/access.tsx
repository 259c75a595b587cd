import type { AccessOverview } from '../../schemas/control/access-overview.ts'
import { action } from '../data/act.ts'
import { changesIn } from '../data/changes.ts'
import { call } from '../data/control.ts'
import { useResource } from '../data/resource.ts'
import { href, path, query, setQuery } from '../data/route.ts'
import { count } from '../parts/format.ts'
import { PageHead } from '../parts/page.tsx'
import { Loaded } from '../parts/states.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { Applications } from './access/applications.tsx'
import { Policies } from './access/policies.tsx'
import { ServiceTokens } from './access/service-tokens.tsx'

const TABS = ['applications', 'policies', 'service-tokens'] as const

const LABELS = { applications: 'Applications', policies: 'Policies', 'service-tokens': 'Service tokens' } as const

/** `#/access`, `#/access/policies` and `#/access/service-tokens`. `find` and `tag` filter. */
export function Access() {
  const resource = useResource(() => call('getAccessOverview'), { changes: changesIn('access_') })
  const find = query.value.get('find') ?? ''
  return (
    <>
      <PageHead title="Access" facts={resource.data && factsOf(resource.data)}>
        <input
          type="search"
          aria-label="Find in Access"
          placeholder="Find…"
          value={find}
          onInput={({ currentTarget }) => setQuery({ find: currentTarget.value || undefined })}
        />
      </PageHead>
      <Loaded resource={resource} action={action('getAccessOverview', {})}>
        {overview => <Parts overview={overview} find={find} />}
      </Loaded>
    </>
  )
}

function factsOf({ applications, policies }: AccessOverview): string {
  return `${count(applications.length, 'application')} with ${count(policies.length, 'policy', 'policies')}`
}

function Parts({ overview, find }: { overview: AccessOverview; find: string }) {
  const { applications, policies, service_tokens } = overview
  const counts = {
    applications: applications.length,
    policies: policies.length,
    'service-tokens': service_tokens.length,
  }
  const current = TABS.find(name => name === path.value[1]) ?? 'applications'
  const tabs = TABS.map(name => ({
    name,
    label: LABELS[name],
    count: counts[name],
    href: href(name === 'applications' ? ['access'] : ['access', name], { find: find || undefined }),
  }))
  const shown = { overview, find }
  return (
    <Tabs label="Parts of Access" tabs={tabs} current={current}>
      {current === 'applications' && <Applications {...shown} />}
      {current === 'policies' && <Policies {...shown} />}
      {current === 'service-tokens' && <ServiceTokens {...shown} />}
    </Tabs>
  )
}
