/** `#/requests` and `#/requests/{id}`: what was asked, and why it was answered so. */
import { action } from '../data/act.ts'
import { path, query, setQuery } from '../data/route.ts'
import { info } from '../data/store.ts'
import { cursor } from '../data/time.ts'
import { AskButton } from '../parts/ask-button.tsx'
import { Button } from '../parts/button.tsx'
import { Copyable } from '../parts/copy-menu.tsx'
import { count } from '../parts/format.ts'
import { PageHead } from '../parts/page.tsx'
import { Empty, Failure } from '../parts/states.tsx'
import { Detail } from './requests/detail.tsx'
import { FilterBar } from './requests/filter-bar.tsx'
import { filterIn, isFailed, LINKED_NAMES, SWITCHES, shows, switchesIn } from './requests/filters.ts'
import { RequestList } from './requests/list.tsx'
import { MOST_ENTRIES, useRequestLog } from './requests/log.ts'

export function Requests() {
  const filter = filterIn(query.value)
  const { entries, error, reload } = useRequestLog(filter)
  const id = path.value[1] === undefined ? undefined : Number(path.value[1])
  const switches = switchesIn(query.value)
  const isFiltered = switches.length > 0 || Object.keys(filter).length > 0
  const all = entries.value ?? []
  const shown = all.filter(shows(switches, cursor.value))

  return (
    <div class={`requests${id === undefined ? '' : ' with-detail'}`}>
      <PageHead title="Requests" facts={entries.value && factsOf(all.length, all.filter(isFailed).length)}>
        {all.length > 0 && (
          <AskButton
            label="Clear"
            icon="trash"
            action={action('clearRequests', {})}
            question="Clear the whole request log?"
          />
        )}
      </PageHead>
      <FilterBar entries={all} />
      {error && <Failure error={error} action={action('listRequestSummaries', filter)} onRetry={reload} />}
      <div class="requests-panes">
        <div class="panel requests-list">
          {entries.value === undefined ? (
            !error && <div class="loading" aria-busy="true" />
          ) : shown.length > 0 ? (
            <RequestList
              key={`${JSON.stringify(filter)} ${switches.map(({ name }) => name)}`}
              entries={shown}
              selectedId={id}
            />
          ) : isFiltered || cursor.value !== undefined ? (
            <NoMatch />
          ) : (
            <NoRequests />
          )}
        </div>
        {id !== undefined && <Detail key={id} id={id} entries={shown} />}
      </div>
    </div>
  )
}

function factsOf(all: number, failed: number): string {
  return `${all === MOST_ENTRIES ? 'the latest ' : ''}${count(all, 'request')}, ${failed.toLocaleString('en')} failed`
}

function NoMatch() {
  const names = ['find', 'at', ...SWITCHES.map(({ name }) => name), ...LINKED_NAMES]
  return (
    <Empty title="No request matches">
      <Button
        label="Show all requests"
        onPress={() => setQuery(Object.fromEntries(names.map(name => [name, undefined])))}
      />
    </Empty>
  )
}

function NoRequests() {
  if (!info.value) return null
  const { base_url, account_id, limits } = info.value
  if (limits.journal_size === 0) {
    return (
      <Empty title="The request log is off">
        <p>Start the server without this option to keep the latest 1,000 requests:</p>
        <code>--journal-size 0</code>
      </Empty>
    )
  }
  return (
    <Empty title="No requests yet">
      <p>Send one, and it shows up here:</p>
      <Copyable
        label="as curl"
        text={`curl ${base_url}/accounts/${account_id}/cfd_tunnel -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN"`}
      />
      <p>If your program sends some and none shows up, it uses another address. This prints the variables to set:</p>
      <Copyable label="the command" text={`mockflared env --url ${base_url}`} />
    </Empty>
  )
}
