import { readFileSync } from 'node:fs'
import { problemWith } from '../../schemas/check.ts'
import { isObject } from '../../schemas/is-object.ts'
import { ControlStep, Exchange, Recording } from '../../schemas/recording.ts'

/** Throws an Error with one line that names the file and the place of the first problem in it. */
export function readRecording(file: string): Recording {
  const value = parseFile(file)
  const problem = problemWith(Recording, value)
  if (problem)
    throw new Error([file, stepProblem(value) ?? [problem.where, problem.what]].flat().filter(Boolean).join(': '))
  return value as Recording
}

function parseFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`)
  }
}

/**
 * The first problem with a step. A check against the union of the two models would only report that
 * the step matches neither.
 */
function stepProblem(value: unknown): string | undefined {
  const steps = isObject(value) && Array.isArray(value.steps) ? value.steps : []
  return steps.flatMap((step, index) => {
    const problem = problemWith(isObject(step) && 'control' in step ? ControlStep : Exchange, step)
    return problem ? [`steps[${index}]${problem.where && `.${problem.where}`}: ${problem.what}`] : []
  })[0]
}
