import { consoleUrl } from '../data/place.ts'

/** Shows the same view of another world. */
export function enterWorld(id: string): void {
  location.assign(consoleUrl(id, location.hash))
}
