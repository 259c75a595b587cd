/** `#/`: the tunnels of the world, and where they are connected. */
import { overview } from '../data/store.ts'
import { count } from '../parts/format.ts'
import { lazy } from '../parts/lazy.tsx'
import { PageHead } from '../parts/page.tsx'
import { EdgeLens } from './tunnels/edge.tsx'
import { lens, present, rows } from './tunnels/rows.ts'
import { LensChips, StatusBar, Tools } from './tunnels/tools.tsx'

const LENSES = {
  edge: EdgeLens,
  time: lazy(async () => (await import('./tunnels/time.tsx')).TimeLens),
  list: lazy(async () => (await import('./tunnels/list.tsx')).ListLens),
}

export function Tunnels() {
  if (!overview.value) return <PageHead title="Tunnels" />
  const Shown = LENSES[lens.value]
  return (
    <>
      <PageHead title="Tunnels" facts={factsOf()}>
        <LensChips />
      </PageHead>
      <StatusBar />
      <Tools />
      <Shown rows={rows.value} />
    </>
  )
}

function factsOf(): string {
  const live = present.value
    .flatMap(({ connectors }) => connectors)
    .flatMap(({ connections }) => connections)
    .filter(({ state }) => state === 'live').length
  return [
    count(present.value.length, 'tunnel'),
    count(overview.value?.accounts.length ?? 0, 'account'),
    `${count(live, 'connection')} live`,
  ].join(', ')
}
