/** Which group of worlds has which world. */
import { MAIN_WORLD_ID } from '../../config/paths.ts'

/** How many worlds that ended are remembered, because their group knows why. */
const MAX_ENDED = 10_000

export type Directory = ReturnType<typeof createDirectory>

export function createDirectory(groups: number) {
  const places = new Map<string, number>()
  const ended = new Map<string, number>()

  const sizeOf = (group: number): number =>
    [...places.values()].filter(place => place === group).length + (group === 0 ? 1 : 0)

  const remove = (id: string): void => {
    const group = places.get(id)
    if (group === undefined) return
    places.delete(id)
    ended.delete(id)
    ended.set(id, group)
    const [oldest] = ended.keys()
    if (ended.size > MAX_ENDED && oldest !== undefined) ended.delete(oldest)
  }

  return {
    /** The group of a world that is there, or is being created. */
    find: (id: string): number | undefined => (id === MAIN_WORLD_ID ? 0 : places.get(id)),
    /** The group that answers for a world, whether it is there or not. */
    groupOf: (id: string): number => (id === MAIN_WORLD_ID ? 0 : (places.get(id) ?? ended.get(id) ?? 0)),
    add: (id: string, group: number): void => void places.set(id, group),
    remove,
    /** The worlds of a group whose thread ended. */
    removeAll: (group: number): readonly string[] => {
      const ids = [...places].filter(([, place]) => place === group).map(([id]) => id)
      for (const id of ids) remove(id)
      return ids
    },
    /** Not counting the main world. */
    size: (): number => places.size,
    /** The group with the fewest worlds, the first of equals. */
    leastLoaded: (): number => {
      const sizes = Array.from({ length: groups }, (_group, number) => sizeOf(number))
      return sizes.indexOf(Math.min(...sizes))
    },
  }
}
