/**
 * Whether cloudflared would run a tunnel's ingress rules, and if not, why, in cloudflared's words.
 * Cloudflare's API validates a configuration with the same Go code that cloudflared runs. The
 * source is therefore cloudflared's `ingress/ingress.go`, with the parts of Go's standard library
 * that it uses (see `go/`).
 */

import { GoError } from '../go/error.ts'
import { validateAccess } from './access.ts'
import type { IngressConfig } from './config.ts'
import { validateHostname } from './hostname.ts'
import { validatePath } from './path.ts'
import { validateService } from './service.ts'

export type { IngressConfig } from './config.ts'

/** Null for a configuration that cloudflared accepts, otherwise its first error. */
export function validateIngress(config: IngressConfig): string | null {
  try {
    validateRules(config)
    return null
  } catch (error) {
    if (error instanceof GoError) return error.message
    throw error
  }
}

/**
 * In the order of cloudflared's validateIngress: if several checks fail, the first one gives the
 * error.
 */
function validateRules({ ingress = [], originRequest }: IngressConfig): void {
  if (ingress.length === 0) throw new GoError("The config file doesn't contain any ingress rules")

  for (const [index, rule] of ingress.entries()) {
    const bastionMode = rule.originRequest?.bastionMode ?? originRequest?.bastionMode ?? false
    const hostname = goString(rule.hostname)
    const path = goString(rule.path)
    const position = { number: index + 1, isLast: index === ingress.length - 1 }

    validateService(goString(rule.service), bastionMode, rule.originRequest?.ipRules)
    validateAccess(rule.originRequest?.access)
    validateHostname(hostname, path, position)
    validatePath(path, position.number)
  }
}

/** Go reads a missing string as empty, and its JSON decoder replaces a lone surrogate by U+FFFD. */
function goString(text = ''): string {
  return text.toWellFormed()
}
