import type { ComponentChildren } from 'preact'
import type { OverviewTunnel } from '../../schemas/control/overview.ts'
import { href, path } from '../data/route.ts'
import { info, overview, tunnelOf } from '../data/store.ts'
import { cursor, millis } from '../data/time.ts'
import { Copyable } from '../parts/copy-menu.tsx'
import { dateOf, visible } from '../parts/format.ts'
import { Icon } from '../parts/icon.tsx'
import { PageHead } from '../parts/page.tsx'
import { Empty } from '../parts/states.tsx'
import { Glyph, StatusWord } from '../parts/status.tsx'
import { type Tab, Tabs } from '../parts/tabs.tsx'
import { tunnelAt } from '../picture/past.ts'
import { trackedConnectors } from '../picture/tracked.ts'
import { Api } from './tunnel/api.tsx'
import { Connectors } from './tunnel/connectors.tsx'
import { History } from './tunnel/history.tsx'
import { reasonOf } from './tunnel/reason.ts'
import { RequestsOfTunnel } from './tunnel/requests.tsx'
import { Routes } from './tunnel/routes.tsx'
import { currentTab, type TabName, tabHref } from './tunnel/tabs.ts'
import { Versions } from './tunnel/versions.tsx'

const CONTENT = {
  connectors: Connectors,
  routes: Routes,
  versions: Versions,
  requests: RequestsOfTunnel,
  history: History,
  api: Api,
} satisfies Record<TabName, unknown>

/** `#/tunnels/{id}?tab=…` and `#/tunnels/{id}/configurations/{version}`. */
export function Tunnel() {
  const id = path.value[1] ?? ''
  if (!overview.value) return <div class="loading" aria-busy="true" />

  const present = tunnelOf(id)
  const tunnel = present && asSeen(present)
  if (!tunnel) return <NoTunnel id={id} />

  const current = currentTab()
  const Content = CONTENT[current]
  return (
    <>
      <Head tunnel={tunnel} />
      <Tabs label="Parts of the tunnel" tabs={tabsOf(tunnel)} current={current}>
        <Content key={id} tunnel={tunnel} />
      </Tabs>
    </>
  )
}

/** As it was where the time cursor stands; undefined before it was created. */
function asSeen(tunnel: OverviewTunnel): OverviewTunnel | undefined {
  return cursor.value === undefined ? tunnel : tunnelAt(tunnel, cursor.value, info.value?.pending_reconnect_ms ?? 0)
}

function tabsOf({ tunnel_id, connectors, configuration }: OverviewTunnel): readonly Tab<TabName>[] {
  const to = (name: TabName, label: string, count?: number): Tab<TabName> => ({
    name,
    label,
    count,
    href: tabHref(tunnel_id, name),
  })
  return [
    to('connectors', 'Connectors', trackedConnectors(connectors).length),
    to('routes', 'Routes', configuration?.rules.length ?? 0),
    to('versions', 'Versions', configuration?.version),
    to('requests', 'Requests'),
    to('history', 'History'),
    to('api', 'API'),
  ]
}

function Head({ tunnel }: { tunnel: OverviewTunnel }) {
  const { name, status, tunnel_id, account_id, config_src, created_at, deleted_at } = tunnel
  return (
    <>
      <p class="crumb">
        <a href={href([])}>
          <Icon name="left" size={14} /> Tunnels
        </a>
      </p>
      <PageHead
        title={
          <span class={deleted_at === null ? '' : 'struck'}>
            <Glyph status={status} size={18} /> {visible(name)}
          </span>
        }
        facts={
          <>
            {deleted_at === null && <StatusWord status={status} />}{' '}
            {reasonOf(tunnel, info.value?.pending_reconnect_ms ?? 0)}
          </>
        }
      />
      <dl class="line-of-facts">
        <Fact name="Tunnel">
          <Copyable text={tunnel_id} label="the id of the tunnel" />
        </Fact>
        <Fact name="Account">
          <Copyable text={account_id} label="the id of the account" />
        </Fact>
        <Fact name="Configured">{config_src === 'cloudflare' ? 'through the API' : 'locally'}</Fact>
        <Fact name="Created">{dateOf(millis(created_at))}</Fact>
      </dl>
    </>
  )
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function NoTunnel({ id }: { id: string }) {
  return (
    <>
      <PageHead title="Tunnel" />
      <Empty title={id === '' ? 'No tunnel is chosen' : `This world has no tunnel ${visible(id)}`}>
        <p>It may be in another world, or a reset has removed it.</p>
        <a href={href([])}>Show the tunnels of this world</a>
      </Empty>
    </>
  )
}
