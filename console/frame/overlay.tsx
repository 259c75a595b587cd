import { lazy } from '../parts/lazy.tsx'
import { type OverlayName, opened } from './opened.ts'

const CONTENTS = {
  jump: lazy(async () => (await import('./jump.tsx')).Jump),
  keys: lazy(async () => (await import('./key-list.tsx')).KeyList),
  worlds: lazy(async () => (await import('./world-list.tsx')).WorldList),
} as const satisfies Readonly<Record<OverlayName, unknown>>

/** What opens above the page. */
export function Overlay() {
  const Content = opened.value && CONTENTS[opened.value]
  return Content ? <Content key={opened.value} /> : null
}
