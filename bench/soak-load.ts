/** What a busy suite does to one world: mixed calls over kept connections, with few tunnels alive at a time. */
import { Agent, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { createIds } from '../src/world/ids.ts'

const ACCOUNT = '699d98642c564d2e855e9661899b7252'
const WORKERS = 8
const ALIVE = 20

/** From 0 up to a number, the same in every run. */
const { fraction } = createIds(1, 'soak')
function choose(below: number): number {
  return Math.floor(fraction() * below)
}

interface Answer {
  readonly status: number
  readonly body: { readonly result?: { readonly id?: string }; readonly id?: string }
}

export function createClient(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: WORKERS })

  const call = (method: string, path: string, body?: object): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: 'Bearer soak', 'content-type': 'application/json' }
      const sent = request(`${url}${path}`, { method, agent, headers }, response => {
        const status = response.statusCode ?? 0
        json(response).then(answer => resolve({ status, body: answer as Answer['body'] }), reject)
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

/** One worker's tunnels, and the next call about one of them. */
function createWorker(call: Call, world: string, worker: number) {
  const base = `/w/${world}/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
  const control = `/w/${world}/_mockflared/accounts/${ACCOUNT}/tunnels`
  let tunnels: Tunnel[] = []
  let made = 0

  const create = async (): Promise<Answer> => {
    made += 1
    const answer = await call('POST', base, { name: `t-${worker}-${made}`, config_src: 'cloudflare' })
    const { id } = answer.body.result ?? {}
    if (id) tunnels.push({ id, connector: undefined })
    return answer
  }
  const connect = async (tunnel: Tunnel): Promise<Answer> => {
    const answer = await call('POST', `${control}/${tunnel.id}/connectors`, {})
    tunnel.connector = answer.body.id
    return answer
  }
  const remove = (tunnel: Tunnel): Promise<Answer> => {
    tunnels = tunnels.filter(other => other !== tunnel)
    return call('DELETE', `${base}/${tunnel.id}?cascade=true`)
  }
  const put = (path: string): Promise<Answer> => {
    const ingress = [
      { hostname: 'a.example.com', service: `http://localhost:${1 + choose(9_999)}` },
      { service: 'http_status:404' },
    ]
    return call('PUT', `${path}/configurations`, { config: { ingress } })
  }
  const disconnect = ({ id, connector }: Tunnel): Promise<Answer> =>
    call('POST', `${control}/${id}/connectors/${connector}/disconnect`, { graceful: choose(2) === 0 })

  const about = (tunnel: Tunnel): Promise<Answer> => {
    const path = `${base}/${tunnel.id}`
    const calls = [
      () => call('GET', path),
      () => call('GET', `${path}/configurations`),
      () => call('GET', `${path}/connections`),
      () => call('GET', `${path}/token`),
      () => call('GET', `${base}?per_page=20&status=healthy`),
      () => call('GET', `${base}?name=t-${worker}-${made}`),
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
  return (): Promise<Answer> => {
    const tunnel = tunnels[choose(tunnels.length)]
    return tunnel && (tunnels.length >= ALIVE || choose(4) > 0) ? about(tunnel) : create()
  }
}

export interface Lap {
  /** Answers by status. */
  readonly statuses: Readonly<Record<number, number>>
  /** Milliseconds, from the shortest to the longest. */
  readonly latencies: readonly number[]
}

/** So many calls in a world of their own, which is gone afterwards: every lap ends in the state in which it began. */
export async function runLap(call: Call, calls: number): Promise<Lap> {
  const world = 'soak'
  await call('PUT', `/_mockflared/worlds/${world}`, { from: 'empty' })
  const statuses: Record<number, number> = {}
  const latencies: number[] = []
  let left = calls

  const work = async (worker: number): Promise<void> => {
    const next = createWorker(call, world, worker)
    while (left-- > 0) {
      const started = performance.now()
      const { status } = await next()
      latencies.push(performance.now() - started)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)))
  await call('POST', `/w/${world}/_mockflared/snapshots`, { name: 'end' })
  await call('POST', `/w/${world}/_mockflared/reset`, { to: 'empty' })
  await call('DELETE', `/_mockflared/worlds/${world}`)
  return { statuses, latencies: latencies.toSorted((a, b) => a - b) }
}
