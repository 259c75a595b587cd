/** The worlds of the server: switch, create, delete. */
import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { WorldSummary } from '../../schemas/control/world.ts'
import { call } from '../data/control.ts'
import { worldName } from '../data/place.ts'
import { useResource } from '../data/resource.ts'
import { canAct } from '../data/store.ts'
import { Dialog } from '../parts/dialog.tsx'
import { count, spanOf } from '../parts/format.ts'
import { Loaded } from '../parts/states.tsx'
import { StatusCounts } from '../parts/status-counts.tsx'
import { enterWorld } from './enter-world.ts'
import { FindField } from './find-field.tsx'
import { NewWorld } from './new-world.tsx'
import { closed } from './opened.ts'

export function WorldList() {
  const text = useSignal('')
  const at = useSignal<number | undefined>(undefined)
  const id = useId()
  const worlds = useResource(() => call('listWorlds'), { changes: ({ type }) => type.startsWith('world_') })

  const found = (worlds.data ?? []).filter(world => world.id.toLowerCase().includes(text.value.trim().toLowerCase()))
  const current = found.findIndex(world => world.id === worldName)
  const chosen = found[Math.min(at.value ?? Math.max(0, current), found.length - 1)]
  return (
    <Dialog label="Worlds" kind="worlds" onClose={() => closed('worlds')}>
      <FindField
        label="Find a world"
        icon="worlds"
        placeholder="Find or name a world"
        text={text}
        listId={id}
        chosenId={chosen && `${id}-${chosen.id}`}
        onInput={() => {
          at.value = undefined
        }}
        onMove={step => {
          if (chosen) at.value = (found.indexOf(chosen) + step + found.length) % found.length
        }}
        onEnter={() => chosen && enterWorld(chosen.id)}
      />
      <Loaded resource={worlds}>
        {() => (
          <div id={id} class="options" role="listbox" aria-label="Worlds">
            {found.map(world => (
              <WorldOption key={world.id} id={`${id}-${world.id}`} world={world} isChosen={world === chosen} />
            ))}
          </div>
        )}
      </Loaded>
      {worlds.data && found.length === 0 && <p class="jump-none">No world has this name. Create it:</p>}
      {canAct.value && (
        <NewWorld name={text.value.trim()} isTaken={found.some(world => world.id === text.value.trim())} />
      )}
      <p class="dialog-foot">
        <a href="#/worlds">All worlds</a>
      </p>
    </Dialog>
  )
}

interface WorldOptionProps {
  readonly id: string
  readonly world: WorldSummary
  readonly isChosen: boolean
}

function WorldOption({ id, world, isChosen }: WorldOptionProps) {
  const { statuses, requests, frozen, faults, dropped_at } = world
  const tunnels = Object.values(statuses).reduce((sum, number) => sum + number, 0)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and hears the keys.
    <div
      id={id}
      class="world"
      role="option"
      aria-selected={isChosen}
      aria-current={world.id === worldName ? 'true' : undefined}
      tabIndex={-1}
      onClick={() => enterWorld(world.id)}
    >
      <span class="world-name">
        <b class="cut">{world.id}</b>
        {world.id === worldName && <span class="quiet-text">this one</span>}
      </span>
      <StatusCounts counts={statuses} />
      <span class="quiet-text world-facts">
        {count(tunnels, 'tunnel')} · {count(requests, 'request')}
        {faults > 0 && ` · ${count(faults, 'fault')}`}
        {frozen && ' · frozen'}
        {dropped_at !== null && ` · dropped in ${spanOf(Math.max(0, Date.parse(dropped_at) - Date.now()))}`}
      </span>
    </div>
  )
}
