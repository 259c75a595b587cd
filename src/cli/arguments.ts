/** Parsers of texts on the command line. Each throws an Error that says what was expected. */
import { InvalidArgumentError } from 'commander'
import { problemWith } from '../../schemas/check.ts'
import { Duration, Instant } from '../../schemas/control/clock.ts'
import { parseDuration } from '../../schemas/duration.ts'

export function wholeNumberParser(minimum: number) {
  return (text: string): number => {
    if (!/^\d+$/.test(text) || Number(text) < minimum) {
      throw new InvalidArgumentError(`Expected a whole number from ${minimum}`)
    }
    return Number(text)
  }
}

/** Returns milliseconds. */
export function parseTextDuration(text: string): number {
  if (problemWith(Duration, text)) throw new InvalidArgumentError('Expected a span of time such as 90s or 5m')
  return parseDuration(text)
}

export function parseTextInstant(text: string): string {
  if (problemWith(Instant, text)) throw new InvalidArgumentError('Expected a time such as 2026-01-01T00:00:00Z')
  return text
}

/** `name` names the text in the error message. */
export function parseTextJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${name} is no JSON: ${error instanceof Error ? error.message : error}`)
  }
}
