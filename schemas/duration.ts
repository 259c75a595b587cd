/** A duration as text, such as "90s", "5m" or "250ms". */
export const DURATION_PATTERN = '^\\d+(ms|s|m|h|d)$'

const DURATION = new RegExp(DURATION_PATTERN)

const MILLIS_PER: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

export function isDuration(text: string): boolean {
  return DURATION.test(text)
}

/**
 * Returns a duration in milliseconds; a number already has this unit. Throws an Error for any other
 * text.
 */
export function parseDuration(duration: string | number): number {
  if (typeof duration === 'number') return duration
  if (!isDuration(duration)) throw new Error(`"${duration}" is not a duration; use 90s, 5m or 250ms`)

  return Number.parseInt(duration, 10) * (MILLIS_PER[duration.replace(/^\d+/, '')] ?? 0)
}
