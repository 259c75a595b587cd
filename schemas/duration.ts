/** Durations in the form of Go's `time.ParseDuration`, such as "1h30m". Days are our addition. */

/** In milliseconds. Go accepts both signs for micro. */
const UNITS = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

const PART = `(?:\\d+\\.?\\d*|\\.\\d+)(?:${Object.keys(UNITS).join('|')})`

/** Like in Go, only zero needs no unit. */
export const DURATION_PATTERN = `^(?:0|(?:${PART})+)$`

export const DURATION_EXAMPLES = '90s, 5m or 1h30m'

const DURATION = new RegExp(DURATION_PATTERN)

export function isDuration(text: string): boolean {
  return DURATION.test(text)
}

/** Why a value, which a message shows as `shown`, is not a duration. */
export function durationProblem(value: unknown, shown = JSON.stringify(value)): string {
  const isBareNumber = (typeof value === 'number' && value > 0) || /^\d+(\.\d+)?$/.test(String(value))
  return `${shown} ${isBareNumber ? 'has no unit' : 'is not a duration'}; use ${DURATION_EXAMPLES}`
}

/** Returns a duration in milliseconds, exact to the microsecond. Throws an Error for other text. */
export function parseDuration(duration: string | 0): number {
  if (duration === 0) return 0
  if (!isDuration(duration)) throw new Error(durationProblem(duration))

  const parts = [...duration.matchAll(/([\d.]+)([a-zµμ]+)/g)]
  const millis = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit as keyof typeof UNITS], 0)
  return Math.round(millis * 1_000) / 1_000
}

const LARGEST_FIRST = [
  ['h', UNITS.h],
  ['m', UNITS.m],
  ['s', UNITS.s],
  ['ms', UNITS.ms],
] as const

/** A whole number of milliseconds as a duration: 5400000 becomes "1h30m". */
export function durationOf(millis: number): string {
  let rest = millis
  const parts = LARGEST_FIRST.map(([unit, size]) => {
    const amount = Math.floor(rest / size)
    rest -= amount * size
    return amount > 0 ? `${amount}${unit}` : ''
  })
  return parts.join('') || '0s'
}
