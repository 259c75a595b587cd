import type { WorldEvent } from '../../schemas/control/event.ts'
import type { ScenarioStep } from '../../schemas/state.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { SavedMemory } from '../world/world.ts'
import type { Entry } from './entry.ts'
import type { WorldHooks } from './extensions.ts'

/** What a world that is closed for room has in memory, besides its clock. */
export interface Session extends SavedMemory {
  readonly closed_at: Timestamp
  /** The steps that were still to come then. */
  readonly scenario: readonly ScenarioStep[]
  /** The events of the objects that were created since the data was loaded, and not deleted. */
  readonly created: readonly WorldEvent[]
}

export function sessionOf({ world, created }: Entry, { stepsToCome }: Pick<WorldHooks, 'stepsToCome'>): Session {
  const closed_at = world.clock.now()
  return { ...world.saved(), closed_at, scenario: stepsToCome(world, closed_at), created: created.saved() }
}

/** A line for the session, and one for each entry of the request log, since these are text already. */
export function textOfSession({ requests: { last_id, texts }, ...session }: Session): string {
  return [JSON.stringify({ ...session, requests: { last_id } }), ...texts].join('\n')
}

export function sessionIn(text: string): Session {
  const [first = '', ...texts] = text.split('\n')
  const session = JSON.parse(first)
  return { ...session, requests: { ...session.requests, texts } }
}
