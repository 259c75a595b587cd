import type { Input, Result } from '../../schemas/control/control.ts'
import { redacted } from '../gateway/redaction.ts'
import type { Context } from './context.ts'

/** Without the passwords of services, which the reason for a refused configuration may quote. */
export function lint({ world, worlds }: Context, { leftovers = false }: Input<'lint'>): Result<'lint'> {
  const findings = world.lint_rules.flatMap(rule => [...rule(world.db)])
  return redacted([...findings, ...(leftovers ? worlds.leftoversOf(world) : [])]) as Result<'lint'>
}
