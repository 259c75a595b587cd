import { checkRegexp } from '../go/syntax.ts'
import { inContext } from './refusal.ts'

/** Text that means itself, at the start of a path or anywhere: nearly every path. There is nothing to object to, and an empty one is none. */
const PLAIN = /^\^?[\w/-]*$/

/** A path is a regular expression of Go's (client: ingress_path). */
export function validatePath(path: string, ruleNumber: number): void {
  if (!PLAIN.test(path))
    inContext(
      () => `Rule #${ruleNumber} has an invalid regex`,
      () => checkRegexp(path),
    )
}
