/** Where a request wants to go: its host and its path. */

interface RequestTarget {
  readonly hostname: string
  readonly path: string
}

interface Refused {
  readonly status: number
  readonly problem: string
}

/**
 * `hosts`: all that name the host. Refuses what servers could understand in different ways (our
 * choice).
 */
export function readTarget(method: string, path = '', hosts: readonly string[]): RequestTarget | Refused {
  if (method === 'CONNECT') return { status: 405, problem: 'CONNECT is not supported: this is not a forward proxy' }
  if (!path.startsWith('/')) return refused('the request target must be a path such as /index.html')

  const [host, other] = hosts
  if (host === undefined) return refused('the request has no Host header, so no tunnel can be found')
  if (other !== undefined) return refused('the request names two hosts')

  const hostname = hostnameOf(host)
  return hostname === undefined
    ? refused('the Host header is not a hostname such as app.example.com')
    : { hostname, path }
}

function refused(problem: string): Refused {
  return { status: 400, problem }
}

/** In lower case, without a port and without a final dot. Undefined for an invalid host. */
export function hostnameOf(host: string): string | undefined {
  const name = host.toLowerCase().replace(/:\d*$/, '')
  if (/^\[[\da-f:.]{2,45}\]$/.test(name)) return name
  return name.length <= MAX_HOSTNAME && /^[\w-]+(?:\.[\w-]+)*\.?$/.test(name) ? name.replace(/\.$/, '') : undefined
}

/** The limit of DNS, with a final dot. */
const MAX_HOSTNAME = 254
