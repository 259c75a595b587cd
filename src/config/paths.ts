/** Of the API, in front of every path that its documentation names. */
export const BASE_PATH = '/client/v4'

/** Of the control plane. */
export const CONTROL_PREFIX = '/_mockflared'

const ACCOUNTS = `${BASE_PATH}/accounts/`

export interface Address {
  /** The id in `/w/{id}`; undefined for the main world. */
  readonly world: string | undefined
  /** What is left for the router. */
  readonly path: string
}

/**
 * Which world a URL is about. The path of a world is part of the base URL that any client takes, so nothing else about the
 * client changes. The API answers with and without its own base path: the test suites of the SDKs set a bare host as base URL
 * (client: bare_path). A request line may also hold the whole URL, as RFC 9112 has it.
 */
export function addressOf(url: string): Address {
  if (url.startsWith(ACCOUNTS)) return { world: undefined, path: withoutBase(url) }

  const [all = '', world] = /^(?:https?:\/\/[^/]*)?(?:\/w\/([\w-]+)(?=[/?]|$))?/i.exec(url) ?? []
  const rest = url.slice(all.length)
  const path = rest.startsWith('/') ? rest : `/${rest}`
  return { world, path: withoutBase(path) }
}

function withoutBase(path: string): string {
  return path.startsWith(ACCOUNTS) ? path.slice(BASE_PATH.length) : path
}
