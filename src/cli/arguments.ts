/**
 * Parsers of texts on the command line. `name` names the argument in the error message: `--limit`
 * or `clock advance`.
 */

import { problemWith } from '../../schemas/check.ts'
import { Duration, Instant } from '../../schemas/control/clock.ts'
import { StatusOrClass } from '../../schemas/control/journal.ts'
import { type TSchema, Type } from '../../schemas/typebox.ts'

type Parser<Value> = (text: string) => Value

export function wholeNumberParser(name: string, minimum: number): Parser<number> {
  const parse = textParser(name, Type.Integer({ minimum }), numberOr)
  return text => Number(parse(text))
}

/** A status, or a class such as 4xx. */
export function statusParser(name: string): Parser<StatusOrClass> {
  const parse = textParser(name, StatusOrClass, numberOr)
  return text => numberOr(parse(text)) as StatusOrClass
}

function numberOr(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text
}

export function durationParser(name: string): Parser<string> {
  return textParser(name, Duration)
}

export function timeParser(name: string): Parser<string> {
  return textParser(name, Instant)
}

function textParser(name: string, model: TSchema, convert: (text: string) => unknown = text => text): Parser<string> {
  return text => {
    const problem = problemWith(model, convert(text))
    if (problem) throw new Error(`${name}: ${problem.what}`)
    return text
  }
}

export function parseTextJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${name} is not valid JSON: ${error instanceof Error ? error.message : error}`)
  }
}
