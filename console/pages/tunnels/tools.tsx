/** What stands above the panel: how many tunnels have each status, filters, and the lens. */
import { setQuery } from '../../data/route.ts'
import { Button } from '../../parts/button.tsx'
import { Chips } from '../../parts/chips.tsx'
import { Glyph, STATUS_WORDS, WORST_FIRST } from '../../parts/status.tsx'
import {
  allCounts,
  counts,
  deletedCount,
  find,
  foundCount,
  LENSES,
  type Lens,
  lens,
  status,
  withDeleted,
} from './rows.ts'

const LENS_NAMES: Readonly<Record<Lens, string>> = { edge: 'Edge', time: 'Time', list: 'List' }

/** The chips beside it say the same in figures. */
export function StatusBar() {
  return (
    <div class="status-bar" aria-hidden="true">
      {WORST_FIRST.filter(one => allCounts.value[one] > 0).map(one => (
        <span key={one} class={one} style={{ flexGrow: allCounts.value[one] }} />
      ))}
    </div>
  )
}

const FILTER_ORDER = ['healthy', 'degraded', 'down', 'inactive'] as const

export function Tools() {
  return (
    <div class="tunnel-tools">
      <Chips
        label="Status"
        value={status.value ?? 'all'}
        onChoose={value => setQuery({ status: value === 'all' ? undefined : value })}
        choices={[
          { value: 'all', label: 'All', count: foundCount.value },
          ...FILTER_ORDER.map(one => ({
            value: one,
            label: (
              <>
                <Glyph status={one} size={12} /> {STATUS_WORDS[one]}
              </>
            ),
            count: counts.value[one],
          })),
        ]}
      />
      <input
        class="find"
        type="search"
        aria-label="Find tunnels"
        placeholder="Find…"
        value={find.value}
        onInput={({ currentTarget }) => setQuery({ find: currentTarget.value || undefined })}
      />
      {(deletedCount.value > 0 || withDeleted.value) && (
        <Button
          label={`Deleted ${deletedCount.value}`}
          isPressed={withDeleted.value}
          onPress={() => setQuery({ deleted: withDeleted.value ? undefined : '1' })}
        />
      )}
    </div>
  )
}

export function LensChips() {
  return (
    <Chips
      label="Lens"
      value={lens.value}
      onChoose={value => setQuery({ lens: value })}
      choices={LENSES.map(value => ({ value, label: LENS_NAMES[value] }))}
    />
  )
}
