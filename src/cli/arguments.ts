/** How a text of the command line is read. Each throws an Error that says what was expected. */
import { InvalidArgumentError } from 'commander'
import { millisOf } from '../../schemas/time.ts'
import { instant as readInstant } from '../config/parsers.ts'

export function wholeNumber(least: number) {
  return (text: string): number => {
    if (!/^\d+$/.test(text) || Number(text) < least) {
      throw new InvalidArgumentError(`Expected a whole number from ${least}`)
    }
    return Number(text)
  }
}

/** In milliseconds. */
export function span(text: string): number {
  if (!/^\d+(ms|s|m|h|d)$/.test(text)) throw new InvalidArgumentError('Expected a span of time such as 90s or 5m')
  return millisOf(text)
}

export function instant(text: string): string {
  try {
    return readInstant([text])
  } catch {
    throw new InvalidArgumentError('Expected a time such as 2026-01-01T00:00:00Z')
  }
}

/** `what` names it in a complaint. */
export function parsedJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${what} is no JSON: ${error instanceof Error ? error.message : error}`)
  }
}
