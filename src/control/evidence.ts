import { Coverage, Report } from '../../schemas/control/evidence.ts'
import { Cleared } from '../../schemas/control/journal.ts'
import { coverageOf } from '../evidence/coverage.ts'
import { reportOf } from '../evidence/report.ts'
import { action } from './action.ts'

export const getCoverage = action(
  { method: 'GET', path: '/coverage', summary: 'Tell what is emulated, and how each part is known', result: Coverage },
  ({ world }) => coverageOf(world.catalogue),
)

export const getReport = action(
  {
    method: 'GET',
    path: '/report',
    summary: 'Tell on which behaviours the answers of all worlds leaned, and how these are known',
    result: Report,
  },
  ({ world: { catalogue, evidence_report } }) => reportOf(catalogue, evidence_report.answers(), evidence_report.list()),
)

export const clearReport = action(
  { method: 'DELETE', path: '/report', summary: 'Count what is leaned on anew', result: Cleared },
  ({ world }) => ({ cleared: world.evidence_report.clear() }),
)
