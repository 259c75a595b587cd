import { signal } from '@preact/signals'

export interface Place {
  /** Such as AMS. */
  readonly code: string
  /** Such as 07: which data center of the city. */
  readonly number: string
  /** Undefined as long as the names are not loaded, and for a code that is not among them. */
  readonly city: string | undefined
}

const names = signal<ReadonlyMap<string, string> | undefined>(undefined)

/** The names come after the first picture: a code alone says enough until then. */
export async function loadCities(): Promise<void> {
  const { CITY_NAMES } = await import('./city-names.ts')
  names.value = CITY_NAMES
}

/** Reads the name of a data center, such as ams07. */
export function placeOf(colo: string): Place {
  const [, code = colo, number = ''] = /^([a-z]{3})(\d*)$/i.exec(colo) ?? []
  return { code: code.toUpperCase(), number, city: names.value?.get(code.toUpperCase()) }
}
