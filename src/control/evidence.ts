import type { Input, Result } from '../../schemas/control/control.ts'
import { coverageOf } from '../evidence/coverage.ts'
import { reportOf } from '../evidence/report.ts'
import type { Context } from './context.ts'

export function getCoverage({ world }: Context): Result<'getCoverage'> {
  return coverageOf(world.catalogue)
}

export function getReport({ world, worlds }: Context, { world_id }: Input<'getReport'>): Result<'getReport'> {
  const report = world_id === undefined ? world.server_report : worlds.get(world_id).report
  return reportOf(world.catalogue, report.responseCount(), report.list(), report.listNotEmulated())
}

export function clearReport({ world, worlds }: Context): Result<'clearReport'> {
  worlds.clearReports()
  return { cleared: world.server_report.clear() }
}
