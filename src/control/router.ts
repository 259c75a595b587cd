import type { Action } from './action.ts'
import { ACTIONS } from './actions.ts'

export interface Found {
  readonly action: Action
  readonly params: Readonly<Record<string, string>>
}

/**
 * Parameters as named groups: `/faults/:id` is `/faults/(?<id>…)`. Only the root may do without its slash: `/faults/` is no
 * `/faults`, or who left out an id would clear them all.
 */
function patternOf(path: string): RegExp {
  return path === '/' ? /^\/?$/ : new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`)
}

const VERBS = Object.values(ACTIONS).map(declared => {
  const action = declared as Action
  return { action, pattern: patternOf(action.path) }
})

/** The verb that a request is about, its path without prefix and query; undefined when there is none. HEAD is a GET. */
export function verbFor(method: string, path: string): Found | undefined {
  const wanted = method === 'HEAD' ? 'GET' : method
  for (const { action, pattern } of VERBS) {
    const groups = action.method === wanted ? pattern.exec(path) : null
    if (groups) return { action, params: unescaped(groups.groups ?? {}) }
  }
  return undefined
}

function unescaped(params: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(params).map(([name, text]) => [name, decoded(text)]))
}

/** What is no escape stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
