/**
 * Says whether cloudflared would run a tunnel's ingress rules, and if not, why not, in cloudflared's words.
 * Cloudflare's API validates a configuration with the same Go code that the tunnel runs, so the rule book is
 * cloudflared's `ingress/ingress.go` together with the parts of Go's standard library that it leans on (see `go/`).
 */

import { validateAccess } from './access.ts'
import type { IngressConfig } from './config.ts'
import { validateHostname } from './hostname.ts'
import { validatePath } from './path.ts'
import { Refusal } from './refusal.ts'
import { validateService } from './service.ts'

export type { IngressConfig } from './config.ts'

/** Null for a configuration that cloudflared accepts, else the first thing it objects to. */
export function validateIngress(config: IngressConfig): string | null {
  try {
    validateRules(config)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

/** The order of the checks is that of cloudflared's validateIngress: a rule may break several, and one is named. */
function validateRules({ ingress = [], originRequest }: IngressConfig): void {
  if (ingress.length === 0) throw new Refusal("The config file doesn't contain any ingress rules")

  for (const [index, rule] of ingress.entries()) {
    const bastionMode = rule.originRequest?.bastionMode ?? originRequest?.bastionMode ?? false
    const hostname = wellFormed(rule.hostname)
    const path = wellFormed(rule.path)
    const position = { number: index + 1, isLast: index === ingress.length - 1 }

    validateService(wellFormed(rule.service), bastionMode, rule.originRequest?.ipRules)
    validateAccess(rule.originRequest?.access)
    validateHostname(hostname, path, position)
    validatePath(path, position.number)
  }
}

/** A missing string is an empty one to Go, and its JSON decoder puts U+FFFD for a surrogate that lacks its partner. */
function wellFormed(text = ''): string {
  return text.toWellFormed()
}
