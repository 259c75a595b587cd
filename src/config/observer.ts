import type { IncomingHttpHeaders } from 'node:http'
import { changesNothing } from '../../schemas/control/operation.ts'
import { OPERATIONS, type OperationName } from '../../schemas/control/operations.ts'

/** A page or a script that watches a world names itself in this header. */
const OBSERVER_HEADER = 'mockflared-observer'

/**
 * Whether a request only watches: then it neither keeps a world alive nor writes a line to the log.
 * An observer that changes something uses the world like anybody else.
 */
export function isObservation(headers: IncomingHttpHeaders, name: OperationName | undefined): boolean {
  return OBSERVER_HEADER in headers && name !== undefined && changesNothing(OPERATIONS[name])
}
