/** `#/`: the tunnels of the world, and where they are connected. */
import { overview } from '../data/store.ts'
import { count } from '../parts/format.ts'
import { lazy } from '../parts/lazy.tsx'
import { PageHead } from '../parts/page.tsx'
import { EdgeLens } from './tunnels/edge.tsx'
import { deletedCount, lens, present, rows } from './tunnels/rows.ts'
import { LensChips, StatusBar, Tools } from './tunnels/tools.tsx'

const TimeLens = lazy(async () => (await import('./tunnels/time.tsx')).TimeLens)
const ListLens = lazy(async () => (await import('./tunnels/list.tsx')).ListLens)
const Nothing = lazy(async () => (await import('./tunnels/nothing.tsx')).Nothing)

export function Tunnels() {
  if (!overview.value) {
    return (
      <>
        <PageHead title="Tunnels" />
        <div class="loading" aria-busy="true" />
      </>
    )
  }
  const isEmpty = present.value.length === 0 && deletedCount.value === 0
  return (
    <>
      <PageHead title="Tunnels" facts={factsOf()}>
        {!isEmpty && <LensChips />}
      </PageHead>
      {!isEmpty && (
        <>
          <StatusBar />
          <Tools />
        </>
      )}
      <Rows />
    </>
  )
}

function Rows() {
  if (rows.value.length === 0) return <Nothing />
  if (lens.value === 'edge') return <EdgeLens />
  return lens.value === 'time' ? <TimeLens /> : <ListLens />
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
