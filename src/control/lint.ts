import type { Input, Result } from '../../schemas/control/control.ts'
import type { Finding } from '../../schemas/control/lint.ts'
import { redacted } from '../gateway/redaction.ts'
import type { Reader } from '../store/database.ts'
import { viewOf } from '../store/view.ts'
import type { LintRule } from '../world/lint.ts'
import { runInTurns, type Work } from '../worlds/turns.ts'
import type { Context } from './context.ts'

export async function lint({ world, worlds }: Context, { leftovers = false }: Input<'lint'>): Promise<Result<'lint'>> {
  const found = leftovers ? worlds.leftoversOf(world) : []
  const view = viewOf(world.db)
  try {
    return await runInTurns(findingsIn(view, [...world.lint_rules, () => found]), world.id)
  } finally {
    view.release()
  }
}

/** Without the passwords of services, which the reason for a refused configuration may quote. */
function* findingsIn(db: Reader, rules: readonly LintRule[]): Work<Finding[]> {
  const findings: Finding[] = []
  for (const rule of rules) {
    for (const finding of rule(db)) {
      if (finding) findings.push(redacted(finding) as Finding)
      yield
    }
  }
  return findings
}
