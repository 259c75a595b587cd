/** What the request log, fault injection and response checks cost: a GET with all of them, and without. */
import { compareFlags } from '../compare-flags.ts'
import { type Row, share } from '../row.ts'

const OFF = {
  requestLog: ['--journal-size', '0'],
  faults: ['--inject-faults', 'false'],
  checks: ['--check-responses', 'false'],
}

const CONTENDERS: Readonly<Record<string, readonly string[]>> = {
  everything: [],
  'no request log': OFF.requestLog,
  'no faults': OFF.faults,
  'no checks': OFF.checks,
  nothing: Object.values(OFF).flat(),
}

export const switches: Row = {
  id: 'switches',
  unit: 'µs of processor time a request',
  measure: effort => compareFlags(CONTENDERS, effort),
  figures: [
    {
      what: 'cost of the request log, faults and response checks together, as a part of GET one',
      unit: '%',
      atMost: 30,
      failsAt: 65,
      of: share('everything', 'nothing'),
    },
    {
      what: 'the request log alone (`--journal-size 0` turns it off)',
      unit: '%',
      of: share('everything', 'no request log'),
    },
    { what: 'faults alone (`--inject-faults false`)', unit: '%', of: share('everything', 'no faults') },
    { what: 'response checks alone (`--check-responses false`)', unit: '%', of: share('everything', 'no checks') },
  ],
}
