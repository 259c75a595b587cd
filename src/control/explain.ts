import type { Input, Result } from '../../schemas/control/control.ts'
import type { Context } from './context.ts'

/**
 * Loaded with the first call: the engine for regular expressions is large, and few servers need it.
 */
export async function explain({ world }: Context, request: Input<'explain'>): Promise<Result<'explain'>> {
  const { explainUrl } = await import('./explanation.ts')
  return explainUrl(world, request)
}
