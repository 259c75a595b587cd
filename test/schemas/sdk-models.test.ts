/**
 * Our models and the SDK's types fit each other. The compiler checks it; the type check is part of
 * `npm run check`.
 */
import type Cloudflare from 'cloudflare'
import { describe, expectTypeOf, it } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import type { Configuration, ConfigurationUpdate, OriginRequest } from '../../schemas/configuration.ts'
import type { Connection } from '../../schemas/connection.ts'
import type { HostnameRoute, HostnameRouteListQuery, HostnameRouteUpdate } from '../../schemas/hostname-route.ts'
import type { Route, RouteCreate, RouteListQuery, RouteUpdate, Teamnet } from '../../schemas/network-route.ts'
import type { AllTunnelsQuery, Tunnel, TunnelCreate, TunnelListQuery, TunnelUpdate } from '../../schemas/tunnel.ts'
import type {
  VirtualNetwork,
  VirtualNetworkCreate,
  VirtualNetworkListQuery,
  VirtualNetworkUpdate,
} from '../../schemas/virtual-network.ts'

type Cloudflared = Cloudflare.ZeroTrust.Tunnels.Cloudflared
type SdkTunnel = Awaited<ReturnType<Cloudflared['get']>>
type SdkClient = Awaited<ReturnType<Cloudflared['connectors']['get']>>
type SdkConfiguration = Awaited<ReturnType<Cloudflared['configurations']['get']>>
type SdkConfig = NonNullable<SdkConfiguration['config']>

type Networks = Cloudflare.ZeroTrust.Networks
type SdkRoutes = Networks['routes']
type SdkVirtualNetworks = Networks['virtualNetworks']
type SdkHostnameRoutes = Networks['hostnameRoutes']

/** The SDK never says null; where the service does, it must be what the SDK says otherwise. */
type WithoutNulls<T> = { [K in keyof T]: Exclude<T[K], null> }

type BodyOf<Params> = Omit<Params, 'account_id'>

describe('a response model fits the type of the SDK for', () => {
  it('a tunnel', () => {
    expectTypeOf<WithoutNulls<Tunnel>>().toExtend<SdkTunnel>()
    expectTypeOf<keyof Tunnel>().toEqualTypeOf<keyof SdkTunnel>()
  })

  it('a connection', () => {
    type SdkConnection = NonNullable<SdkClient['conns']>[number]
    expectTypeOf<Connection>().toExtend<SdkConnection>()
    expectTypeOf<keyof Connection>().toEqualTypeOf<keyof SdkConnection>()
  })

  it('a connector, which has one more key in responses', () => {
    expectTypeOf<Client>().toExtend<SdkClient>()
    expectTypeOf<Exclude<keyof Client, 'ha_status'>>().toEqualTypeOf<keyof SdkClient>()
  })

  it('a configuration, whose rules need no hostname in responses', () => {
    expectTypeOf<Omit<Configuration, 'config'>>().toExtend<Omit<SdkConfiguration, 'config'>>()
    expectTypeOf<keyof Configuration>().toEqualTypeOf<keyof SdkConfiguration>()
  })
})

describe('a response model of private networks fits the type of the SDK for', () => {
  it('a route, alone and in a list', () => {
    type SdkRoute = Awaited<ReturnType<SdkRoutes['get']>>
    type SdkTeamnet = Awaited<ReturnType<SdkRoutes['ips']['get']>>
    expectTypeOf<WithoutNulls<Route>>().toExtend<SdkRoute>()
    expectTypeOf<keyof Route>().toEqualTypeOf<keyof SdkRoute>()
    expectTypeOf<WithoutNulls<Teamnet>>().toExtend<SdkTeamnet>()
    expectTypeOf<keyof Teamnet>().toEqualTypeOf<keyof SdkTeamnet>()
  })

  it('a virtual network', () => {
    type SdkVirtualNetwork = Awaited<ReturnType<SdkVirtualNetworks['get']>>
    expectTypeOf<WithoutNulls<VirtualNetwork>>().toExtend<SdkVirtualNetwork>()
    expectTypeOf<keyof VirtualNetwork>().toEqualTypeOf<keyof SdkVirtualNetwork>()
  })

  it('a hostname route', () => {
    type SdkHostnameRoute = Awaited<ReturnType<SdkHostnameRoutes['get']>>
    expectTypeOf<WithoutNulls<HostnameRoute>>().toExtend<SdkHostnameRoute>()
    expectTypeOf<keyof HostnameRoute>().toEqualTypeOf<keyof SdkHostnameRoute>()
  })
})

describe('a request model of private networks accepts the type of the SDK for', () => {
  it('a route', () => {
    expectTypeOf<BodyOf<Parameters<SdkRoutes['create']>[0]>>().toExtend<RouteCreate>()
    expectTypeOf<BodyOf<Parameters<SdkRoutes['edit']>[1]>>().toExtend<RouteUpdate>()
    expectTypeOf<BodyOf<Parameters<SdkRoutes['list']>[0]>>().toExtend<Partial<RouteListQuery>>()
  })

  it('a virtual network', () => {
    expectTypeOf<BodyOf<Parameters<SdkVirtualNetworks['create']>[0]>>().toExtend<VirtualNetworkCreate>()
    expectTypeOf<BodyOf<Parameters<SdkVirtualNetworks['edit']>[1]>>().toExtend<VirtualNetworkUpdate>()
    expectTypeOf<BodyOf<Parameters<SdkVirtualNetworks['list']>[0]>>().toExtend<Partial<VirtualNetworkListQuery>>()
  })

  it('a hostname route', () => {
    expectTypeOf<BodyOf<Parameters<SdkHostnameRoutes['edit']>[1]>>().toExtend<HostnameRouteUpdate>()
    expectTypeOf<BodyOf<Parameters<SdkHostnameRoutes['list']>[0]>>().toExtend<Partial<HostnameRouteListQuery>>()
  })
})

describe('a request model accepts the type of the SDK for', () => {
  it('a new tunnel', () => {
    expectTypeOf<BodyOf<Parameters<Cloudflared['create']>[0]>>().toExtend<TunnelCreate>()
  })

  it('a change of a tunnel', () => {
    expectTypeOf<BodyOf<Parameters<Cloudflared['edit']>[1]>>().toExtend<TunnelUpdate>()
  })

  it('the parameters of a list', () => {
    expectTypeOf<BodyOf<Parameters<Cloudflared['list']>[0]>>().toExtend<Partial<TunnelListQuery>>()
  })

  it('the parameters of a list of all types', () => {
    type List = Cloudflare['zeroTrust']['tunnels']['list']
    expectTypeOf<BodyOf<Parameters<List>[0]>>().toExtend<Partial<AllTunnelsQuery>>()
  })

  it('a configuration, with every setting for origins', () => {
    expectTypeOf<BodyOf<Parameters<Cloudflared['configurations']['update']>[1]>>().toExtend<ConfigurationUpdate>()
    expectTypeOf<keyof NonNullable<SdkConfig['originRequest']>>().toExtend<keyof OriginRequest>()
  })
})
