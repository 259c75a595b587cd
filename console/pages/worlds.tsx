import { useSignal } from '@preact/signals'
import { action } from '../data/act.ts'
import { call } from '../data/control.ts'
import { curlOf } from '../data/copy.ts'
import { useResource } from '../data/resource.ts'
import { query, setQuery } from '../data/route.ts'
import { info, isWatching } from '../data/store.ts'
import { clock, now } from '../data/time.ts'
import { useWorldsChanged } from '../data/worlds-changed.ts'
import { Copyable } from '../parts/copy-menu.tsx'
import { spanOf } from '../parts/format.ts'
import { PageHead, Panel } from '../parts/page.tsx'
import { Empty, Loaded } from '../parts/states.tsx'
import { CreateWorld } from './worlds/create.tsx'
import { WorldLine } from './worlds/world-line.tsx'

/** A list that fits on a screen needs no search. */
const FIND_FROM = 8

/** `#/worlds`. `find` selects by name, `from` fills the form. */
export function Worlds() {
  const made = useSignal<string | undefined>(undefined)
  const resource = useResource(loadWorlds, { changes: () => false })
  useWorldsChanged(resource.reload)
  // Draws again once a second: times without use are in real time.
  void now.value

  const limits = info.value?.limits
  const find = query.value.get('find') ?? ''
  const others = (resource.data?.worlds.length ?? 1) - 1
  return (
    <>
      <PageHead
        title="Worlds"
        facts={resource.data && limits && `the main one and ${others} of at most ${limits.max_worlds} others`}
      />
      {!isWatching.value && <CreateWorld onMade={id => (made.value = id)} />}
      <Loaded resource={resource} action={action('listWorlds', {})}>
        {({ worlds, readAt }) => (
          <Panel
            title="Worlds of this server"
            actions={
              worlds.length >= FIND_FROM && (
                <input
                  type="search"
                  aria-label="Find a world"
                  placeholder="Find…"
                  value={find}
                  onInput={({ currentTarget }) => setQuery({ find: currentTarget.value || undefined })}
                />
              )
            }
          >
            <ul class="lines world-lines">
              {worlds
                .filter(({ id }) => id.toLowerCase().includes(find.toLowerCase()))
                .map(world => (
                  <WorldLine
                    key={world.id}
                    world={world}
                    readAt={readAt}
                    idleMs={limits?.world_idle_ms ?? 1}
                    isNew={world.id === made.value}
                  />
                ))}
            </ul>
            {worlds.every(({ id }) => !id.toLowerCase().includes(find.toLowerCase())) && (
              <Empty title={`No world has “${find}” in its name`} />
            )}
            {others === 0 && (
              <Empty title="Only the main world">
                <p>A world of its own keeps a test apart from all others. Create one above, or run:</p>
                <Copyable text={curlOf(action('createWorldAs', { id: 'job-1', from: 'seed' }))} label="as curl" />
              </Empty>
            )}
          </Panel>
        )}
      </Loaded>
      <p class="quiet-text small-text">
        {limits &&
          `A world without a request for ${spanOf(limits.world_idle_ms)} is deleted. Looking at it does not count.`}
        {clock.value?.frozen && ' While the clock of this world is frozen, the server tells no real times.'}
      </p>
    </>
  )
}

async function loadWorlds() {
  return { worlds: await call('listWorlds'), readAt: Date.now() }
}
