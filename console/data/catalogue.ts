/** What the server knows of its behaviours. It stays the same while the server runs. */
import type { Coverage } from '../../schemas/control/evidence.ts'
import { call } from './control.ts'

let read: Promise<Coverage> | undefined

/** Read once, when a page first needs it: it is long. */
export function readCoverage(): Promise<Coverage> {
  read ??= call('getCoverage').catch(cause => {
    read = undefined
    throw cause
  })
  return read
}
