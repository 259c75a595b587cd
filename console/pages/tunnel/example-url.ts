/** A URL that a rule may serve, to start an explanation from. */
export interface RouteRule {
  readonly hostname?: string
  readonly path?: string
  readonly service?: string
  readonly originRequest?: unknown
}

/** No rule names it, so only a rule for any hostname serves it. */
const OTHER_HOST = 'other.example'

/** What a wildcard stands for in an example. */
const LABEL = 'any'

export function exampleUrl({ hostname, path }: RouteRule, rules: readonly RouteRule[] = []): string {
  const host = hostname ? hostname.replace(/^\*/, LABEL) : hostOfAll(rules, path)
  return `https://${host}${examplePath(path)}`
}

/** A rule for a path of any hostname serves a hostname of the tunnel too; a catch-all does not. */
function hostOfAll(rules: readonly RouteRule[], path: string | undefined): string {
  const named = path ? rules.find(({ hostname }) => hostname)?.hostname : undefined
  return named?.replace(/^\*/, LABEL) ?? OTHER_HOST
}

/** Of a plain prefix such as `^/static/`, itself; other expressions have no obvious example. */
function examplePath(path: string | undefined): string {
  const plain = /^\^?(\/[\w./~-]*)\$?$/.exec(path ?? '')?.[1]
  return plain ?? '/'
}
