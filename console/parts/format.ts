/** Instants and spans as text, always in UTC. */

/** Such as 02:34:33. */
export function timeOf(at: number): string {
  return new Date(at).toISOString().slice(11, 19)
}

/** Such as 2026-11-27. */
export function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const

/** The two largest units of a span in milliseconds, such as `1 m 52 s`. */
export function spanOf(ms: number): string {
  const total = Math.round(Math.abs(ms) / 1_000)
  const first = UNITS.findIndex(([, size]) => total >= size)
  if (first === -1) return '0 s'

  let rest = total
  return UNITS.slice(first, first + 2)
    .flatMap(([name, size]) => {
      const count = Math.floor(rest / size)
      rest %= size
      return count === 0 ? [] : [`${count} ${name}`]
    })
    .join(' ')
}

/** Such as `1 tunnel`, `13 tunnels`, `2,000 tunnels`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? noun : plural}`
}

/** Text of users may hold signs that turn its direction around, or that no one sees. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, sign => {
    const code = sign.codePointAt(0) ?? 0
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
  })
}
