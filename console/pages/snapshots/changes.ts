/** The changes since a snapshot, by section. */
import type { ObjectChange } from '../../../schemas/control/snapshot.ts'

export interface ChangeGroup {
  /** Such as “DNS records”. */
  readonly name: string
  readonly changes: readonly ObjectChange[]
}

const ORDER: readonly ObjectChange['change'][] = ['removed', 'added', 'changed']

/** Tunnels first; in each group what is gone first. */
export function groupsOf(changes: readonly ObjectChange[]): readonly ChangeGroup[] {
  const groups = [...Map.groupBy(changes, ({ section }) => section)]
  return groups
    .toSorted(([one], [other]) => Number(other === 'tunnels') - Number(one === 'tunnels'))
    .map(([section, all]) => ({
      name: sectionWords(section),
      changes: all.toSorted((one, other) => ORDER.indexOf(one.change) - ORDER.indexOf(other.change)),
    }))
}

/** Such as “2 added, 1 changed”. */
export function totalsOf(changes: readonly ObjectChange[]): string {
  return (['added', 'removed', 'changed'] as const)
    .map(change => [changes.filter(one => one.change === change).length, change] as const)
    .filter(([number]) => number > 0)
    .map(([number, change]) => `${number} ${change}`)
    .join(', ')
}

/** Such as “Access policies” of `access.policies`. */
function sectionWords(section: string): string {
  const words = section.replaceAll(/[._]/g, ' ').replace(/^dns/, 'DNS')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
