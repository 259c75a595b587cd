/** Whom a policy names, in words. */
import type { PolicyRule } from '../../../schemas/control/access-overview.ts'

export interface SelectorWords {
  /** Such as `email domain`. */
  readonly selector: string
  readonly values: readonly string[]
}

/** Rules with the same selector together. `nameOf` turns an id, of a service token, into a name. */
export function selectorsOf(
  rules: readonly PolicyRule[],
  nameOf: (id: string) => string | undefined,
): readonly SelectorWords[] {
  return [...Map.groupBy(rules, ({ selector }) => selector)].map(([selector, own]) => ({
    selector: selector.replaceAll('_', ' '),
    values: own.flatMap(({ values }) => values.map(value => nameOf(value) ?? value)),
  }))
}

/** The hostname of a destination such as `shop.example.com/admin`. */
export function hostnameOf(destination: string): string {
  return destination.replace(/^https?:\/\//, '').split(/[/:]/)[0] ?? ''
}
