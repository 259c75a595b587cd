/** What the connections of a tunnel say, from the two columns that SQLite keeps of them. */
import type { Connectivity } from '../../../schemas/records.ts'

/** -1: it never had a connection. 0: none is live. 1: a connector has fewer live ones than it should. 2: none has. */
export type Standing = -1 | 0 | 1 | 2

const STANDINGS: readonly Standing[] = [-1, 0, 1, 2]

/**
 * An index has the very same expression with a number in it, so that tunnels of one standing are found in order; asked with a
 * parameter, or another number, it would not help.
 */
export function standingBelow(healthy: number | string): string {
  return `CASE WHEN fewest_live < 1 THEN fewest_live WHEN fewest_live < ${healthy} THEN 1 ELSE 2 END`
}

/** The one thing about connections that time changes: whether one that was lost is still tracked. */
export function latelyLost(trackedSince: string): string {
  return `ifnull(lost_at > ${trackedSince}, 0)`
}

export function connectivityOf(standing: Standing, latelyLost: boolean): Connectivity {
  return {
    ever_connected: standing >= 0,
    live: standing > 0,
    impaired: standing === 1 || latelyLost,
  }
}

/** Tunnels of one standing: all of them, or those that lately did, or did not, lose a connection. */
export interface Group {
  readonly standing: Standing
  readonly latelyLost: boolean | undefined
}

/** The groups that together are all the tunnels whose connections say what is wanted. */
export function groupsOf(wanted: Partial<Connectivity>): readonly Group[] {
  return STANDINGS.flatMap(standing => {
    const fitting = [true, false].filter(latelyLost => fits(connectivityOf(standing, latelyLost), wanted))
    if (fitting.length === 0) return []
    return [{ standing, latelyLost: fitting.length === 1 ? fitting[0] : undefined }]
  })
}

function fits(actual: Connectivity, { ever_connected, live, impaired }: Partial<Connectivity>): boolean {
  return (
    (ever_connected ?? actual.ever_connected) === actual.ever_connected &&
    (live ?? actual.live) === actual.live &&
    (impaired ?? actual.impaired) === actual.impaired
  )
}
