/** Of the API, in front of every path that its documentation names. */
export const BASE_PATH = '/client/v4'

/** The world without `/w/{id}` in its address. */
export const MAIN_WORLD_ID = 'main'

/** Of the control plane. */
export const CONTROL_PREFIX = '/_mockflared'

/** Of the web page that shows a world. */
export const CONSOLE_PATH = `${CONTROL_PREFIX}/console/`

/** Of the list of worlds: how many there are, and how many there may be. */
export const WORLDS_HEADER = 'mockflared-worlds'

export const HEALTH_PATHS = ['/healthz', '/readyz'] as const

/** Where Prometheus looks unless it is told otherwise. */
export const METRICS_PATH = '/metrics'

/** Our own pages. They are no part of the API, so they are not served under its base path. */
const OWN_PAGES = [...HEALTH_PATHS, METRICS_PATH, '/openapi.json', '/docs', '/favicon.ico', CONTROL_PREFIX]

export interface Address {
  /** The id in `/w/{id}`; undefined for the main world. */
  readonly world: string | undefined
  /** What the router gets: without world and base path, with the query. */
  readonly url: string
  /** The path as errors and the request log name it: without world, base path and query. */
  readonly path: string
}

/**
 * Which world a URL is about. The path of a world is part of the base URL that any client takes, so
 * nothing else about the client changes. The API answers with and without its own base path: the
 * test suites of the SDKs set a bare host as base URL (client: bare_path). A request line may also
 * hold the whole URL, as RFC 9112 has it.
 */
export function addressOf(requestUrl: string): Address {
  const [prefix = '', world] = /^(?:[a-zA-Z]+:\/\/[^/]*)?(?:\/w\/([\w.-]+)(?=[/?]|$))?/.exec(requestUrl) ?? []
  const rest = requestUrl.slice(prefix.length)
  const full = rest.startsWith('/') ? rest : `/${rest}`
  const url = full.startsWith(`${BASE_PATH}/`) ? full.slice(BASE_PATH.length) : full

  const [path = ''] = url.split('?', 1)
  return { world, url: isOwnPage(path) ? full : url, path }
}

function isOwnPage(path: string): boolean {
  return path === '/' || OWN_PAGES.some(page => isAtOrBelow(page, path))
}

function isAtOrBelow(page: string, path: string): boolean {
  return path === page || path.startsWith(`${page}/`)
}

/** The part of the server that a path belongs to; `server`: health checks, documentation, metrics. */
export type Plane = 'api' | 'control' | 'server'

/** `path`: without world, base path and query. */
export function planeOf(path: string): Plane {
  if (isAtOrBelow(CONTROL_PREFIX, path)) return 'control'
  return isOwnPage(path) ? 'server' : 'api'
}
