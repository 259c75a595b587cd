/** Why a world is not created, or not opened. Metrics count it, since clients of a full server only see errors. */
import type { World } from '../world/world.ts'
import { throwWorldsError } from './worlds-error.ts'

type Counting = Pick<World, 'counters'>

export function refuseTaken({ counters }: Counting, id: string): never {
  counters.count('worlds_refused', 'taken')
  return throwWorldsError('refused', `there is a world ${id} already: delete, reset or reuse it`)
}

export function refuseAtLimit({ counters }: Counting, limit: number): never {
  counters.count('worlds_refused', 'limit')
  return throwWorldsError('refused', `there are ${limit} worlds already: delete one, or allow more with --max-worlds`)
}

export function refuseForRoom({ counters }: Counting, limit: number): never {
  counters.count('worlds_refused', 'limit')
  return throwWorldsError('refused', `all ${limit} worlds that can be open at once are in use: try again later`)
}
