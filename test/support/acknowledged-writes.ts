/** Random writes of one writer, and the data that must exist after the server was killed. */
import type { State } from '../../schemas/state.ts'

/** The properties of a tunnel that a writer changes. */
export interface Written {
  readonly id: string | undefined
  readonly name: string
  readonly deleted: boolean
  /** The service of each version of its configuration, oldest first. */
  readonly services: readonly string[]
  readonly connectors: number
}

/** A request, and the tunnel after it. */
export interface Write {
  readonly after: Written
  readonly via: 'api' | 'control'
  readonly method: string
  readonly path: string
  readonly body?: object
}

type Choose = (below: number) => number

/** Chooses a write that the server accepts: on a live tunnel, or a new one. */
export function nextWrite(tunnels: readonly Written[], newName: string, account: string, choose: Choose): Write {
  const live = tunnels.filter(({ deleted }) => !deleted)
  const tunnel = live[choose(live.length)]
  const kind = choose(8)
  if (!tunnel || live.length < 2 || kind < 2) return creation(newName)

  const path = `/${tunnel.id}`
  if (kind === 2) {
    return { via: 'api', method: 'DELETE', path: `${path}?cascade=true`, after: { ...tunnel, deleted: true } }
  }
  if (kind === 3) {
    return { via: 'api', method: 'PATCH', path, body: { name: newName }, after: { ...tunnel, name: newName } }
  }
  if (kind === 4 && tunnel.connectors < 2) {
    const connectors = `/accounts/${account}/tunnels${path}/connectors`
    const after = { ...tunnel, connectors: tunnel.connectors + 1 }
    return { via: 'control', method: 'POST', path: connectors, body: {}, after }
  }
  const service = `http://${newName}`
  return {
    via: 'api',
    method: 'PUT',
    path: `${path}/configurations`,
    body: { config: { ingress: [{ service }] } },
    after: { ...tunnel, services: [...tunnel.services, service] },
  }
}

function creation(name: string): Write {
  return {
    via: 'api',
    method: 'POST',
    path: '',
    body: { name, config_src: 'cloudflare' },
    after: { id: undefined, name, deleted: false, services: [], connectors: 0 },
  }
}

/** Reads the tunnels from an exported state. */
export function writtenIn({ tunnels = [] }: State): readonly Written[] {
  return tunnels.map(({ id, name, deleted_at, configurations = [], connectors = [] }) => ({
    id,
    name,
    deleted: typeof deleted_at === 'string',
    services: configurations.map(({ config }) => config?.ingress?.[0]?.service ?? ''),
    connectors: connectors.length,
  }))
}

/** Finds partial writes: gaps between versions, missing connections, or connections left live. */
export function partialWrites({ tunnels = [] }: State): readonly string[] {
  return tunnels.flatMap(({ name, deleted_at, configurations = [], connectors = [] }) => {
    const gap = configurations.some(({ version }, index) => version !== index + 1)
    const incomplete = connectors.some(({ connections = [] }) => connections.length !== 4)
    const open = connectors
      .flatMap(({ connections = [] }) => connections)
      .some(({ lost_at, closed_at }) => !closed_at && (!lost_at || (deleted_at && lost_at > deleted_at)))
    return [gap && 'versions', incomplete && 'connector', open && 'connections'].flatMap(part =>
      part ? [`${part} of ${name}`] : [],
    )
  })
}
