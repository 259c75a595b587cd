/** What `--metrics` costs: a GET with it, and without. */
import { compareFlags } from '../compare-flags.ts'
import { type Row, ratio } from '../row.ts'

export const metrics: Row = {
  id: 'metrics',
  unit: 'µs of processor time a request',
  measure: effort => compareFlags({ 'without metrics': [], 'with metrics': ['--metrics'] }, effort),
  figures: [
    {
      what: 'GET one with `--metrics`, in processor time of one without',
      unit: '×',
      atMost: 1.15,
      failsAt: 1.5,
      of: ratio('with metrics', 'without metrics'),
    },
  ],
}
