/** How what was given for an option becomes a value. Each throws an Error that says what was expected. */
import { problemWith } from '../../schemas/check.ts'
import { Instant } from '../../schemas/control/clock.ts'
import { State } from '../../schemas/state.ts'
import { datedChangesOn } from '../evidence/dated-changes.ts'

/** The text of a flag, a variable or a configuration file; in a configuration file an object too. */
export type Value = string | object

/** Of an option that is given several times the last counts. */
function last(given: readonly Value[]): string {
  const value = given.at(-1) ?? ''
  if (typeof value !== 'string') throw new Error('expected a text, a number or a boolean')
  return value
}

export function text(given: readonly Value[]): string {
  if (last(given) === '') throw new Error('must not be empty')
  return last(given)
}

export function integer(least: number, most: number) {
  return (given: readonly Value[]): number => {
    const value = Number(last(given))
    if (!/^\d+$/.test(last(given)) || value < least || value > most) {
      throw new Error(`expected a whole number from ${least} to ${most}`)
    }
    return value
  }
}

/** Where others reach a server, without the slash at the end. */
export function webAddress(given: readonly Value[]): string {
  const url = URL.parse(last(given))
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password) {
    throw new Error('expected an address such as https://mockflared.example.com')
  }
  return url.href.replace(/\/+$/, '')
}

export function oneOf<T extends string>(values: readonly T[]) {
  return (given: readonly Value[]): T => {
    const value = values.find(known => known === last(given))
    if (value === undefined) throw new Error(`expected one of ${values.join(', ')}`)
    return value
  }
}

export function instant(given: readonly Value[]): string {
  if (problemWith(Instant, last(given))) throw new Error('expected a time such as 2026-01-01T00:00:00Z')
  return last(given)
}

export function behaviourDate(given: readonly Value[]): string {
  datedChangesOn(last(given))
  return last(given)
}

export function yesOrNo(given: readonly Value[]): boolean {
  return oneOf(['true', 'false'])(given) === 'true'
}

/** Names, paths and whole states. */
export function seeds(given: readonly Value[]): readonly (string | State)[] {
  return given.filter(one => one !== '').map(one => (typeof one === 'string' ? one : stateIn(one)))
}

function stateIn(value: object): State {
  const problem = problemWith(State, value)
  if (problem) throw new Error(`${problem.where || 'the whole'}: ${problem.what}`)
  return value as State
}
