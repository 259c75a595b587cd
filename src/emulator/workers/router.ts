/** Which worker thread a request goes to. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { addressOf, CONTROL_PREFIX, HEALTH_PATHS, METRICS_PATH } from '../../config/paths.ts'
import type { Directory } from './directory.ts'
import type { Groups } from './groups.ts'
import { createPlacing, type PlacingOptions } from './placing.ts'
import { fail, passOn, type Relay, sendUnavailable } from './relay.ts'
import { createSpanning } from './spanning.ts'
import { NotServing, type PortKind, type Router, type Visit } from './visit.ts'

export function createRouter(
  groups: Groups,
  directory: Directory,
  relay: Relay,
  options: PlacingOptions,
): (kind: PortKind) => RequestListener {
  const ask: Router['ask'] = ({ kind, request }, group, changes) => {
    const running = groups.all[group]?.running()
    const port = kind === 'api' ? running?.api_port : running?.control_port
    return port === undefined ? Promise.reject(new NotServing()) : relay.ask(port, request, changes)
  }
  const router = { groups, directory, ask }
  const placing = createPlacing(router, options)
  const spanning = createSpanning(router)

  const route = async (visit: Visit): Promise<void> => {
    const { request, response, url, group } = visit
    const path = addressOf(url).path
    if (path === METRICS_PATH || path.startsWith(`${CONTROL_PREFIX}/`)) {
      const operation = `${request.method} ${path.replace(CONTROL_PREFIX, '')}`
      const special = placing(visit, operation) ?? spanning(visit, operation)
      if (special) return special
    }
    passOn(await ask(visit, group), response)
  }

  return kind => (request, response) => {
    const { url = '/' } = request
    if (kind === 'api' && isHealthCheck(request.method, url)) {
      sendHealth(request, response)
      return
    }
    const { world } = addressOf(url)
    const [group, is_known] =
      world === undefined ? [0, true] : [directory.groupOf(world), directory.find(world) !== undefined]
    route({ kind, request, response, url, world, group, is_known }).catch(error => {
      if (error instanceof NotServing) sendUnavailable(response)
      else fail(error, request, response)
    })
  }
}

/** Answered here, whatever the worker threads do. */
function isHealthCheck(method: string | undefined, url: string): boolean {
  return (method === 'GET' || method === 'HEAD') && HEALTH_PATHS.some(path => url === path)
}

const HEALTHY = '{"status":"ok"}'

function sendHealth({ method }: IncomingMessage, response: ServerResponse): void {
  response
    .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': HEALTHY.length })
    .end(method === 'HEAD' ? '' : HEALTHY)
}
