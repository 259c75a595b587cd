import { checkRegexp } from './go/syntax.ts'
import { inContext } from './refusal.ts'

/** A path is a regular expression of Go's (client: ingress_path); an empty one counts as none. */
export const validatePath = (path: string, ruleNumber: number): void => {
  if (path !== '')
    inContext(
      () => `Rule #${ruleNumber} has an invalid regex`,
      () => checkRegexp(path),
    )
}
