import { Later } from './later.tsx'
import { type OverlayName, opened } from './opened.ts'

const CONTENTS = {
  jump: async () => (await import('./jump.tsx')).Jump,
  keys: async () => (await import('./key-list.tsx')).KeyList,
  worlds: async () => (await import('./world-list.tsx')).WorldList,
} as const satisfies Readonly<Record<OverlayName, unknown>>

/** What opens above the page. */
export function Overlay() {
  return opened.value ? <Later key={opened.value} load={CONTENTS[opened.value]} /> : null
}
