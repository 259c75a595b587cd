/** Presentation mode: `P`, or `present` in the URL. */
import { computed } from '@preact/signals'
import { query, setQuery } from '../data/route.ts'

export const isPresenting = computed(() => query.value.has('present'))

export function togglePresentation(): void {
  setQuery({ present: isPresenting.value ? undefined : '1', tour: undefined })
}
