/** Cloudflare's SDK for TypeScript, one row for each major version: how they differ is told here and nowhere else. */
import type Cloudflare from 'cloudflare'
import type { ClientOptions } from 'cloudflare'
import { ACCOUNT as account_id, SECRET } from '../emulator.ts'

type Newest = Cloudflare['zeroTrust']['tunnels']
type Cloudflared = Newest['cloudflared']
type Params<Call extends (...args: never) => unknown, At extends number> = Omit<Parameters<Call>[At], 'account_id'>

type Tunnel = Awaited<ReturnType<Cloudflared['get']>>
type Client = Awaited<ReturnType<Cloudflared['connectors']['get']>>
type Configuration = Awaited<ReturnType<Cloudflared['configurations']['get']>>

interface Account {
  readonly account_id: string
}

/** The twelve operations, and the list of all types. */
interface Operations {
  readonly create: (name: string) => Promise<Tunnel>
  readonly get: (id: string) => Promise<Tunnel>
  readonly list: (query?: Params<Cloudflared['list'], 0>) => AsyncIterable<Tunnel>
  readonly listAll: (types: NonNullable<Parameters<Newest['list']>[0]['tun_types']>) => AsyncIterable<object>
  readonly edit: (id: string, change: Params<Cloudflared['edit'], 1>) => Promise<Tunnel>
  readonly delete: (id: string) => Promise<Tunnel>
  readonly configure: (id: string, body: Params<Cloudflared['configurations']['update'], 1>) => Promise<object>
  readonly configuration: (id: string) => Promise<Configuration>
  readonly connections: (id: string) => Promise<Client[]>
  readonly dropConnections: (id: string, client_id: string) => Promise<unknown>
  readonly connector: (id: string, connector_id: string) => Promise<Client>
  readonly token: (id: string) => Promise<string>
  readonly managementToken: (id: string) => Promise<string>
}

/** What has been spelled in the same way since 3. */
type Same = Pick<Cloudflared, 'get' | 'edit' | 'delete' | 'configurations' | 'token' | 'management'>

function same(tunnels: Same) {
  return {
    get: (id: string) => tunnels.get(id, { account_id }),
    edit: (id: string, change: object) => tunnels.edit(id, { account_id, ...change }),
    delete: (id: string) => tunnels.delete(id, { account_id }),
    configure: (id: string, body: object) => tunnels.configurations.update(id, { account_id, ...body }),
    configuration: (id: string) => tunnels.configurations.get(id, { account_id }),
    token: (id: string) => tunnels.token.get(id, { account_id }),
    managementToken: (id: string) => tunnels.management.create(id, { account_id, resources: ['logs'] }),
  }
}

/** What has been spelled in the same way since 4, when `cloudflared` came. */
type SinceFour = Pick<Newest, 'list'> & { cloudflared: Same & Pick<Cloudflared, 'create' | 'list' | 'connections'> }

/** The connector of a tunnel: until 6 the tunnel is an argument by itself. */
interface OlderConnectors {
  get(tunnel_id: string, connector_id: string, at: Account): Promise<Client>
}

/** Until 3 there is one resource for all types of tunnels, and half of it is at the older paths. */
interface Three extends Same {
  create(params: Account & { name: string; tunnel_secret: string }): Promise<Tunnel>
  list(params: Account & Params<Cloudflared['list'], 0> & { tun_types?: string }): AsyncIterable<Tunnel>
  readonly connections: {
    get(tunnel_id: string, at: Account): Promise<Client[]>
    delete(tunnel_id: string, at: Account): Promise<unknown>
  }
  readonly connectors: OlderConnectors
}

type Four = SinceFour & { readonly cloudflared: { readonly connectors: OlderConnectors } }

function three(tunnels: Three): Operations {
  return {
    ...same(tunnels),
    create: name => tunnels.create({ account_id, name, tunnel_secret: SECRET }),
    list: query => tunnels.list({ account_id, ...query }),
    listAll: types => tunnels.list({ account_id, tun_types: types.join() }),
    connections: id => tunnels.connections.get(id, { account_id }),
    dropConnections: id => tunnels.connections.delete(id, { account_id }),
    connector: (id, connector_id) => tunnels.connectors.get(id, connector_id, { account_id }),
  }
}

function newer(tunnels: SinceFour): Omit<Operations, 'connector'> {
  return {
    ...same(tunnels.cloudflared),
    create: name => tunnels.cloudflared.create({ account_id, name, config_src: 'cloudflare' }),
    list: query => tunnels.cloudflared.list({ account_id, ...query }),
    listAll: types => tunnels.list({ account_id, tun_types: types }),
    connections: async id => (await tunnels.cloudflared.connections.get(id, { account_id })).result,
    dropConnections: (id, client_id) => tunnels.cloudflared.connections.delete(id, { account_id, client_id }),
  }
}

function four(tunnels: Four): Operations {
  return {
    ...newer(tunnels),
    connector: (id, connector_id) => tunnels.cloudflared.connectors.get(id, connector_id, { account_id }),
  }
}

function seven(tunnels: Newest): Operations {
  return {
    ...newer(tunnels),
    connector: (id, connector_id) => tunnels.cloudflared.connectors.get(connector_id, { account_id, tunnel_id: id }),
  }
}

type Errors = Pick<
  typeof Cloudflare,
  | 'APIConnectionError'
  | 'AuthenticationError'
  | 'BadRequestError'
  | 'ConflictError'
  | 'InternalServerError'
  | 'NotFoundError'
  | 'PermissionDeniedError'
  | 'RateLimitError'
>
type Sdk<Tunnels> = Errors & (new (options: ClientOptions) => { zeroTrust: { tunnels: Tunnels } })

interface Connected extends Operations {
  readonly errors: Errors
}

/** Imported by a name that the compiler cannot follow: the packages are not there until the suite has installed them. */
function version<Tunnels>(name: string, operationsOf: (tunnels: Tunnels) => Operations) {
  return async (options: ClientOptions): Promise<Connected> => {
    const { default: sdk }: { default: Sdk<Tunnels> } = await import(/* @vite-ignore */ name)
    return { ...operationsOf(new sdk({ apiToken: 'token', ...options }).zeroTrust.tunnels), errors: sdk }
  }
}

const OLD_PATHS = [
  'argo-tunnel-create-an-argo-tunnel',
  'argo-tunnel-get-an-argo-tunnel',
  'argo-tunnel-delete-an-argo-tunnel',
  'argo-tunnel-clean-up-argo-tunnel-connections',
  'cloudflare-tunnel-list-all-tunnels',
]
const PATHS = [
  'cloudflare-tunnel-create-a-cloudflare-tunnel',
  'cloudflare-tunnel-get-a-cloudflare-tunnel',
  'cloudflare-tunnel-delete-a-cloudflare-tunnel',
  'cloudflare-tunnel-clean-up-cloudflare-tunnel-connections',
  'cloudflare-tunnel-list-cloudflare-tunnels',
]

interface Version {
  readonly major: number
  readonly connect: (options: ClientOptions) => Promise<Connected>
  /** What it calls to create, get, delete, clean up and list. */
  readonly paths: readonly string[]
  /** Which methods it sends with a JSON content type although there is no body. */
  readonly empty: readonly string[]
}

export const VERSIONS: readonly Version[] = [
  { major: 3, connect: version('cloudflare-3', three), paths: OLD_PATHS, empty: ['GET', 'DELETE'] },
  { major: 4, connect: version('cloudflare-4', four), paths: PATHS, empty: ['DELETE'] },
  { major: 5, connect: version('cloudflare-5', four), paths: PATHS, empty: ['DELETE'] },
  { major: 6, connect: version('cloudflare-6', four), paths: PATHS, empty: ['DELETE'] },
  { major: 7, connect: version('cloudflare-7', seven), paths: PATHS, empty: [] },
]
