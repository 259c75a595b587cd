/** Mixed calls like those of a busy test suite: over keep-alive connections, with few tunnels at a time. */
import { Agent, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { createIds } from '../src/world/ids.ts'

const ACCOUNT = '699d98642c564d2e855e9661899b7252'
const WORKERS = 8
const MAX_TUNNELS = 20

/** A random number from 0 up to `below`, the same in every run. */
const { fraction } = createIds(1, 'soak')
function choose(below: number): number {
  return Math.floor(fraction() * below)
}

interface Response {
  readonly status: number
  readonly body: { readonly result?: { readonly id?: string }; readonly id?: string }
}

export function createClient(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: WORKERS })

  const call = (method: string, path: string, body?: object): Promise<Response> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: 'Bearer soak', 'content-type': 'application/json' }
      const sent = request(`${url}${path}`, { method, agent, headers }, response => {
        const status = response.statusCode ?? 0
        json(response).then(parsed => resolve({ status, body: parsed as Response['body'] }), reject)
      })
      sent.once('error', reject)
      sent.end(body && JSON.stringify(body))
    })
  return { call, close: () => agent.destroy() }
}

type Call = ReturnType<typeof createClient>['call']

interface Tunnel {
  readonly id: string
  connector: string | undefined
}

/** Keeps the tunnels of one worker, and returns its next call about one of them. */
function createWorker(call: Call, world: string, worker: number) {
  const base = `/w/${world}/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
  const control = `/w/${world}/_mockflared/accounts/${ACCOUNT}/tunnels`
  let tunnels: Tunnel[] = []
  let created = 0

  const create = async (): Promise<Response> => {
    created += 1
    const response = await call('POST', base, { name: `t-${worker}-${created}`, config_src: 'cloudflare' })
    const { id } = response.body.result ?? {}
    if (id) tunnels.push({ id, connector: undefined })
    return response
  }
  const connect = async (tunnel: Tunnel): Promise<Response> => {
    const response = await call('POST', `${control}/${tunnel.id}/connectors`, {})
    tunnel.connector = response.body.id
    return response
  }
  const remove = (tunnel: Tunnel): Promise<Response> => {
    tunnels = tunnels.filter(other => other !== tunnel)
    return call('DELETE', `${base}/${tunnel.id}?cascade=true`)
  }
  const put = (path: string): Promise<Response> => {
    const ingress = [
      { hostname: 'a.example.com', service: `http://localhost:${1 + choose(9_999)}` },
      { service: 'http_status:404' },
    ]
    return call('PUT', `${path}/configurations`, { config: { ingress } })
  }
  const disconnect = ({ id, connector }: Tunnel): Promise<Response> =>
    call('POST', `${control}/${id}/connectors/${connector}/disconnect`, { graceful: choose(2) === 0 })

  const callAbout = (tunnel: Tunnel): Promise<Response> => {
    const path = `${base}/${tunnel.id}`
    const calls = [
      () => call('GET', path),
      () => call('GET', `${path}/configurations`),
      () => call('GET', `${path}/connections`),
      () => call('GET', `${path}/token`),
      () => call('GET', `${base}?per_page=20&status=healthy`),
      () => call('GET', `${base}?name=t-${worker}-${created}`),
      () => call('PATCH', path, { name: `renamed-${worker}-${choose(5)}` }),
      () => call('POST', base, { name: 5 }),
      () => call('DELETE', `${path}/connections`),
      () => call('DELETE', path),
      () => call('POST', `${path}/management/logs`),
      () => put(path),
      () => put(path),
      () => (tunnel.connector ? disconnect(tunnel) : connect(tunnel)),
      () => remove(tunnel),
    ]
    return (calls[choose(calls.length)] ?? create)()
  }
  return (): Promise<Response> => {
    const tunnel = tunnels[choose(tunnels.length)]
    return tunnel && (tunnels.length >= MAX_TUNNELS || choose(4) > 0) ? callAbout(tunnel) : create()
  }
}

export interface Lap {
  /** Responses by status. */
  readonly statuses: Readonly<Record<number, number>>
  /** From the shortest to the longest. */
  readonly latencies_ms: readonly number[]
}

/** Makes its calls in a new world and deletes it, so that every lap ends in the state in which it began. */
export async function runLap(call: Call, calls: number): Promise<Lap> {
  const world = 'soak'
  await call('PUT', `/_mockflared/worlds/${world}`, { from: 'empty' })
  const statuses: Record<number, number> = {}
  const latencies_ms: number[] = []
  let left = calls

  const work = async (worker: number): Promise<void> => {
    const next = createWorker(call, world, worker)
    while (left-- > 0) {
      const started = performance.now()
      const { status } = await next()
      latencies_ms.push(performance.now() - started)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)))
  await call('POST', `/w/${world}/_mockflared/snapshots`, { name: 'end' })
  await call('POST', `/w/${world}/_mockflared/reset`, { to: 'empty' })
  await call('DELETE', `/_mockflared/worlds/${world}`)
  return { statuses, latencies_ms: latencies_ms.toSorted((a, b) => a - b) }
}
