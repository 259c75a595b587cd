import { useRef } from 'preact/hooks'
import type { RequestSummary } from '../../../schemas/control/journal.ts'
import { query, setQuery } from '../../data/route.ts'
import { nameOfTunnel } from '../../data/store.ts'
import { operationWords } from '../../data/words.ts'
import { visible } from '../../parts/format.ts'
import { Icon } from '../../parts/icon.tsx'
import { Toggles } from '../../parts/toggles.tsx'
import { LINKED, LINKED_NAMES, type LinkedName, SWITCHES } from './filters.ts'

/** A pause in typing, after which the server is asked. */
const PAUSE_MS = 200

export function FilterBar({ entries }: { entries: readonly RequestSummary[] }) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const find = (text: string): void => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setQuery({ find: text === '' ? undefined : text }), PAUSE_MS)
  }
  const links = LINKED_NAMES.filter(name => query.value.has(name))
  return (
    <div class="filter-bar">
      <Toggles
        label="Show only"
        choices={SWITCHES.map(({ name, label, holds }) => ({ name, label, count: entries.filter(holds).length }))}
        isOn={name => query.value.has(name)}
        onToggle={name => setQuery({ [name]: query.value.has(name) ? undefined : '1' })}
      />
      <input
        type="search"
        aria-label="Find in paths, bodies and answers"
        placeholder="Find in paths, bodies, answers"
        value={query.value.get('find') ?? ''}
        onInput={({ currentTarget }) => find(currentTarget.value)}
      />
      {links.map(name => (
        <button key={name} type="button" class="button linked" onClick={() => setQuery({ [name]: undefined })}>
          <span>
            {LINKED[name]} <b>{wordsOf(name, query.value.get(name) ?? '')}</b>
          </span>
          <Icon name="close" size={12} />
          <span class="off-screen">Remove this filter</span>
        </button>
      ))}
    </div>
  )
}

function wordsOf(name: LinkedName, value: string): string {
  if (name === 'tunnel_id') return visible(nameOfTunnel(value))
  return name === 'operation' ? operationWords(value) : visible(value)
}
