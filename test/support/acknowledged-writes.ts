/** What one writer did to a server, and what must therefore be there after the server was killed. */
import type { State } from '../../schemas/state.ts'

/** A tunnel as far as a writer changes it. */
export interface Written {
  readonly id: string | undefined
  readonly name: string
  readonly deleted: boolean
  /** The service of each version of its configuration, oldest first. */
  readonly services: readonly string[]
  readonly connectors: number
}

/** What it is after a write, and the request that makes it so. */
export interface Write {
  readonly becomes: Written
  readonly via: 'api' | 'control'
  readonly method: string
  readonly path: string
  readonly body?: object
}

type Choose = (below: number) => number

/** A write that the server will not refuse: on a tunnel that lives, or a new one. */
export function nextWrite(tunnels: readonly Written[], fresh: string, account: string, choose: Choose): Write {
  const living = tunnels.filter(({ deleted }) => !deleted)
  const tunnel = living[choose(living.length)]
  const what = choose(8)
  if (!tunnel || living.length < 2 || what < 2) return creation(fresh)

  const path = `/${tunnel.id}`
  if (what === 2) {
    return { via: 'api', method: 'DELETE', path: `${path}?cascade=true`, becomes: { ...tunnel, deleted: true } }
  }
  if (what === 3) {
    return { via: 'api', method: 'PATCH', path, body: { name: fresh }, becomes: { ...tunnel, name: fresh } }
  }
  if (what === 4 && tunnel.connectors < 2) {
    const connectors = `/accounts/${account}/tunnels${path}/connectors`
    const becomes = { ...tunnel, connectors: tunnel.connectors + 1 }
    return { via: 'control', method: 'POST', path: connectors, body: {}, becomes }
  }
  const service = `http://${fresh}`
  return {
    via: 'api',
    method: 'PUT',
    path: `${path}/configurations`,
    body: { config: { ingress: [{ service }] } },
    becomes: { ...tunnel, services: [...tunnel.services, service] },
  }
}

function creation(name: string): Write {
  return {
    via: 'api',
    method: 'POST',
    path: '',
    body: { name, config_src: 'cloudflare' },
    becomes: { id: undefined, name, deleted: false, services: [], connectors: 0 },
  }
}

/** The same as a server tells it. */
export function writtenIn({ tunnels = [] }: State): readonly Written[] {
  return tunnels.map(({ id, name, deleted_at, configurations = [], connectors = [] }) => ({
    id,
    name,
    deleted: typeof deleted_at === 'string',
    services: configurations.map(({ config }) => config?.ingress?.[0]?.service ?? ''),
    connectors: connectors.length,
  }))
}

/** Whatever is only half there: a gap between versions, a connector without its four connections, one that the kill left live. */
export function halves({ tunnels = [] }: State): readonly string[] {
  return tunnels.flatMap(({ name, deleted_at, configurations = [], connectors = [] }) => {
    const gap = configurations.some(({ version }, index) => version !== index + 1)
    const torn = connectors.some(({ connections = [] }) => connections.length !== 4)
    const open = connectors
      .flatMap(({ connections = [] }) => connections)
      .some(({ lost_at, closed_at }) => !closed_at && (!lost_at || (deleted_at && lost_at > deleted_at)))
    return [gap && 'versions', torn && 'connector', open && 'connections'].flatMap(half =>
      half ? [`${half} of ${name}`] : [],
    )
  })
}
