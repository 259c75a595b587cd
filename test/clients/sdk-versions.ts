/**
 * Cloudflare's SDK for TypeScript, one row per major version. All their differences are in this
 * file.
 */
import type Cloudflare from 'cloudflare'
import type { ClientOptions } from 'cloudflare'
import { ACCOUNT as account_id, SECRET } from '../support/emulator.ts'

type Newest = Cloudflare['zeroTrust']['tunnels']
type Cloudflared = Newest['cloudflared']
type Params<Call extends (...args: never) => unknown, At extends number> = Omit<Parameters<Call>[At], 'account_id'>

type Tunnel = Awaited<ReturnType<Cloudflared['get']>>
type Client = Awaited<ReturnType<Cloudflared['connectors']['get']>>
type Configuration = Awaited<ReturnType<Cloudflared['configurations']['get']>>

interface Account {
  readonly account_id: string
}

/** The twelve operations, and the list of tunnels of all types. */
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

/** Methods that have had the same signature since version 3. */
type SinceThree = Pick<Cloudflared, 'get' | 'edit' | 'delete' | 'configurations' | 'token' | 'management'>

function sinceThree(tunnels: SinceThree) {
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

/** Methods that have had the same signature since version 4, which introduced `cloudflared`. */
type SinceFour = Pick<Newest, 'list'> & {
  cloudflared: SinceThree & Pick<Cloudflared, 'create' | 'list' | 'connections'>
}

/** Up to version 6, the tunnel is a separate argument. */
interface OlderConnectors {
  get(tunnel_id: string, connector_id: string, at: Account): Promise<Client>
}

/** Version 3 has one resource for all types of tunnels, and uses legacy paths for half of it. */
interface VersionThree extends SinceThree {
  create(params: Account & { name: string; tunnel_secret: string }): Promise<Tunnel>
  list(params: Account & Params<Cloudflared['list'], 0> & { tun_types?: string }): AsyncIterable<Tunnel>
  readonly connections: {
    get(tunnel_id: string, at: Account): Promise<Client[]>
    delete(tunnel_id: string, at: Account): Promise<unknown>
  }
  readonly connectors: OlderConnectors
}

type VersionFour = SinceFour & { readonly cloudflared: { readonly connectors: OlderConnectors } }

function versionThree(tunnels: VersionThree): Operations {
  return {
    ...sinceThree(tunnels),
    create: name => tunnels.create({ account_id, name, tunnel_secret: SECRET }),
    list: query => tunnels.list({ account_id, ...query }),
    listAll: types => tunnels.list({ account_id, tun_types: types.join() }),
    connections: id => tunnels.connections.get(id, { account_id }),
    dropConnections: id => tunnels.connections.delete(id, { account_id }),
    connector: (id, connector_id) => tunnels.connectors.get(id, connector_id, { account_id }),
  }
}

function sinceFour(tunnels: SinceFour): Omit<Operations, 'connector'> {
  return {
    ...sinceThree(tunnels.cloudflared),
    create: name => tunnels.cloudflared.create({ account_id, name, config_src: 'cloudflare' }),
    list: query => tunnels.cloudflared.list({ account_id, ...query }),
    listAll: types => tunnels.list({ account_id, tun_types: types }),
    connections: async id => (await tunnels.cloudflared.connections.get(id, { account_id })).result,
    dropConnections: (id, client_id) => tunnels.cloudflared.connections.delete(id, { account_id, client_id }),
  }
}

function versionFour(tunnels: VersionFour): Operations {
  return {
    ...sinceFour(tunnels),
    connector: (id, connector_id) => tunnels.cloudflared.connectors.get(id, connector_id, { account_id }),
  }
}

function versionSeven(tunnels: Newest): Operations {
  return {
    ...sinceFour(tunnels),
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

interface ConnectedSdk extends Operations {
  readonly errors: Errors
}

/**
 * Imports the package by a variable name, because the compiler cannot find it before the suite
 * installs it.
 */
function sdkPackage<Tunnels>(name: string, operationsOf: (tunnels: Tunnels) => Operations) {
  return async (options: ClientOptions): Promise<ConnectedSdk> => {
    const { default: sdk }: { default: Sdk<Tunnels> } = await import(/* @vite-ignore */ name)
    return {
      ...operationsOf(new sdk({ apiToken: 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY', ...options }).zeroTrust.tunnels),
      errors: sdk,
    }
  }
}

const LEGACY_OPERATIONS = [
  'argo-tunnel-create-an-argo-tunnel',
  'argo-tunnel-get-an-argo-tunnel',
  'argo-tunnel-delete-an-argo-tunnel',
  'argo-tunnel-clean-up-argo-tunnel-connections',
  'cloudflare-tunnel-list-all-tunnels',
]
const OPERATIONS = [
  'cloudflare-tunnel-create-a-cloudflare-tunnel',
  'cloudflare-tunnel-get-a-cloudflare-tunnel',
  'cloudflare-tunnel-delete-a-cloudflare-tunnel',
  'cloudflare-tunnel-clean-up-cloudflare-tunnel-connections',
  'cloudflare-tunnel-list-cloudflare-tunnels',
]

interface SdkVersion {
  readonly major: number
  readonly connect: (options: ClientOptions) => Promise<ConnectedSdk>
  /** The ids of the operations that it calls to create, get, delete, clean up and list. */
  readonly operations: readonly string[]
  /** The methods that it sends with a JSON content type and no body. */
  readonly typed_without_body: readonly string[]
}

export const VERSIONS: readonly SdkVersion[] = [
  {
    major: 3,
    connect: sdkPackage('cloudflare-3', versionThree),
    operations: LEGACY_OPERATIONS,
    typed_without_body: ['GET', 'DELETE'],
  },
  {
    major: 4,
    connect: sdkPackage('cloudflare-4', versionFour),
    operations: OPERATIONS,
    typed_without_body: ['DELETE'],
  },
  {
    major: 5,
    connect: sdkPackage('cloudflare-5', versionFour),
    operations: OPERATIONS,
    typed_without_body: ['DELETE'],
  },
  {
    major: 6,
    connect: sdkPackage('cloudflare-6', versionFour),
    operations: OPERATIONS,
    typed_without_body: ['DELETE'],
  },
  { major: 7, connect: sdkPackage('cloudflare-7', versionSeven), operations: OPERATIONS, typed_without_body: [] },
]
