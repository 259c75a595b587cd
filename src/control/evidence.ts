import type { Result } from '../../schemas/control/control.ts'
import { coverageOf } from '../evidence/coverage.ts'
import { reportOf } from '../evidence/report.ts'
import type { Context } from './context.ts'

export function getCoverage({ world }: Context): Result<'getCoverage'> {
  return coverageOf(world.catalogue)
}

export function getReport({ world: { catalogue, evidence_report } }: Context): Result<'getReport'> {
  return reportOf(catalogue, evidence_report.responseCount(), evidence_report.list(), evidence_report.listNotEmulated())
}

export function clearReport({ world }: Context): Result<'clearReport'> {
  return { cleared: world.evidence_report.clear() }
}
