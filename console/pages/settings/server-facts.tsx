import type { ComponentChildren } from 'preact'
import type { Info } from '../../../schemas/control/info.ts'
import { info } from '../../data/store.ts'
import { Copyable } from '../../parts/copy-menu.tsx'
import { count, spanOf } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'

type Fact = readonly [name: string, value: ComponentChildren, option?: string]

/** How the server is set, and the option that changes it. */
export function ServerFacts() {
  const { value } = info
  if (!value) return <Panel title="The server">{<div class="loading" aria-busy="true" />}</Panel>
  return (
    <Panel title="The server">
      <dl class="server-facts">
        {factsOf(value).map(([name, text, option]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {text}
              {option && <code>{option}</code>}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function factsOf(value: Info): readonly Fact[] {
  const { limits, edge } = value
  return [
    ['Version', value.version],
    ['Base URL', <Copyable key="url" text={value.base_url} label="the base URL" />],
    ['World', value.world],
    ['Seeds', value.seeds.join(', ') || 'none', '--seed SEED'],
    ['Data', value.persistent ? 'kept in a file' : 'in memory, gone when the server stops', '--db FILE'],
    ['Random seed', value.random_seed ?? 'none: ids differ from run to run', '--random-seed NUMBER'],
    ['Reconnect window', spanOf(value.pending_reconnect_ms), '--pending-reconnect DURATION'],
    ['Control plane', CONTROL[value.control], '--control on|open|off'],
    ['Console', CONSOLE[value.console], '--console on|watch|off'],
    ['Faults', value.inject_faults ? 'can be injected' : 'cannot be injected', '--inject-faults'],
    ['Evidence in responses', value.evidence ? 'as a header' : 'left out', '--evidence'],
    ['Local edge', edge ? `cloudflared connects to ${edge.address}` : 'off', '--edge-port PORT'],
    ['Worlds', `at most ${limits.max_worlds}`, '--max-worlds COUNT'],
    ['Unused worlds', `deleted after ${spanOf(limits.world_idle_ms)}`, '--world-idle DURATION'],
    [
      'Request log',
      limits.journal_size === 0 ? 'off' : count(limits.journal_size, 'entry', 'entries'),
      '--journal-size COUNT',
    ],
    ['Events', `the latest ${limits.events_kept.toLocaleString('en')}`],
  ]
}

const CONTROL = {
  on: 'for programs on this machine',
  open: 'for everyone who reaches the port',
  off: 'off',
} as const satisfies Readonly<Record<Info['control'], string>>

const CONSOLE = {
  on: 'shows and changes the world',
  watch: 'shows the world, and changes nothing',
  off: 'off',
} as const satisfies Readonly<Record<Info['console'], string>>
