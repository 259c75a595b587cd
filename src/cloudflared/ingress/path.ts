import { withContext } from '../go/error.ts'
import { checkRegexp } from '../go/syntax.ts'

/** A path is a regular expression of Go's (client: ingress_path). */
export function validatePath(path: string, ruleNumber: number): void {
  withContext(
    () => `Rule #${ruleNumber} has an invalid regex`,
    () => checkRegexp(path),
  )
}
