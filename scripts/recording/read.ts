import { readFileSync } from 'node:fs'
import { problemWith } from '../../schemas/check.ts'
import { ControlStep, Exchange, Recording } from '../../schemas/recording.ts'
import { isTree } from '../../src/http/openapi-models.ts'

/** A recording from a file. Throws an Error with one line that names the file and the place in it. */
export function readRecording(file: string): Recording {
  const value = parsed(file)
  const problem = problemWith(Recording, value)
  if (problem) throw new Error(`${file}: ${stepProblem(value) ?? `${problem.where || 'the whole'}: ${problem.what}`}`)
  return value as Recording
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`)
  }
}

/** The first thing that is wrong with a step: as one of two models it would only be told that it is neither. */
function stepProblem(value: unknown): string | undefined {
  const steps = isTree(value) && Array.isArray(value.steps) ? value.steps : []
  return steps.flatMap((step, index) => {
    const problem = problemWith(isTree(step) && 'control' in step ? ControlStep : Exchange, step)
    return problem ? [`steps[${index}]${problem.where && `.${problem.where}`}: ${problem.what}`] : []
  })[0]
}
