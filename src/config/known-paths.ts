interface KnownPath {
  readonly pattern: RegExp
  readonly methods: string[]
}

/** The paths of a server's routes, for errors that tell a wrong method from an unknown path. */
export class KnownPaths {
  readonly #paths = new Map<string, KnownPath>()

  /** Parameters in the URL of a route start with a colon; a final `*` stands for any rest. */
  add({ url, method }: { readonly url: string; readonly method: string | string[] }): void {
    const known = this.#paths.get(url) ?? { pattern: patternOf(url), methods: [] }
    known.methods.push(...[method].flat())
    this.#paths.set(url, known)
  }

  /** The methods that routes have for a path; empty for an unknown path. */
  methodsAt(path: string): readonly string[] {
    const methods = [...this.#paths.values()].flatMap(({ pattern, methods }) => (pattern.test(path) ? methods : []))
    return [...new Set(methods)]
  }
}

function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+').replace(/\*$/, '.*')}$`)
}
