/** How the text of a flag or a variable becomes a value. Each throws an Error that says what was expected. */
import { problemWith } from '../schemas/check.ts'
import { Instant } from '../schemas/control/clock.ts'

/** Of an option that is given several times the last counts. */
export const last = (texts: readonly string[]): string => texts.at(-1) ?? ''

export const text = (texts: readonly string[]): string => {
  if (last(texts) === '') throw new Error('must not be empty')
  return last(texts)
}

export const integer =
  (least: number, most: number) =>
  (texts: readonly string[]): number => {
    const value = Number(last(texts))
    if (!/^\d+$/.test(last(texts)) || value < least || value > most) {
      throw new Error(`expected a whole number from ${least} to ${most}`)
    }
    return value
  }

/** Where others reach a server, without the slash at the end. */
export const webAddress = (texts: readonly string[]): string => {
  const url = URL.parse(last(texts))
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password) {
    throw new Error('expected an address such as https://mockflared.example.com')
  }
  return url.href.replace(/\/+$/, '')
}

export const oneOf =
  <T extends string>(values: readonly T[]) =>
  (texts: readonly string[]): T => {
    const value = values.find(known => known === last(texts))
    if (value === undefined) throw new Error(`expected one of ${values.join(', ')}`)
    return value
  }

export const instant = (texts: readonly string[]): string => {
  if (problemWith(Instant, last(texts))) throw new Error('expected a time such as 2026-01-01T00:00:00Z')
  return last(texts)
}

export const yesOrNo = (texts: readonly string[]): boolean => oneOf(['true', 'false'])(texts) === 'true'
