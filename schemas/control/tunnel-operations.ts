import type { Operation } from './operation.ts'

const TUNNEL = '/accounts/:account_id/tunnels/:tunnel_id'
const CONNECTORS = `${TUNNEL}/connectors` as const
const CONNECTOR = `${CONNECTORS}/:connector_id` as const

/** The operations on tunnels and their simulated connectors. */
export const TUNNEL_OPERATIONS = {
  listTunnels: {
    route: ['GET', '/tunnels'],
    tag: 'tunnels',
    summary: 'List the tunnels of all accounts, without deleted ones',
    result: 'TunnelSummaries',
  },
  getOverview: {
    route: ['GET', '/overview'],
    tag: 'overviews',
    summary: 'Show all tunnels with status, connectors, hostnames and rules, ready to draw',
    query: 'OverviewFilter',
    result: 'Overview',
  },
  getTunnelRun: {
    route: ['GET', `${TUNNEL}/run`],
    tag: 'tunnels',
    summary: 'Show the variables with which a real cloudflared runs a tunnel',
    params: 'TunnelAddress',
    result: 'TunnelRun',
  },
  listConnectors: {
    route: ['GET', CONNECTORS],
    tag: 'connectors',
    summary: 'List every connector of a tunnel so far, with all its connections',
    params: 'TunnelAddress',
    result: 'Connectors',
  },
  connectConnector: {
    route: ['POST', CONNECTORS],
    tag: 'connectors',
    summary: 'Start a connector',
    params: 'TunnelAddress',
    body: 'ConnectRequest',
    result: 'Connector',
  },
  disconnectConnector: {
    route: ['POST', `${CONNECTOR}/disconnect`],
    tag: 'connectors',
    summary: 'Disconnect a connector, cleanly or abruptly',
    params: 'ConnectorAddress',
    body: 'DisconnectRequest',
    result: 'Connector',
  },
  reconnectConnector: {
    route: ['POST', `${CONNECTOR}/reconnect`],
    tag: 'connectors',
    summary: 'Reconnect a connector, under its own id',
    params: 'ConnectorAddress',
    body: 'ReconnectRequest',
    result: 'Connector',
  },
  drainConnector: {
    route: ['POST', `${CONNECTOR}/drain`],
    tag: 'connectors',
    summary: 'Close the connections of a connector one after the other',
    params: 'ConnectorAddress',
    body: 'DrainRequest',
    result: 'Connector',
  },
  flapConnector: {
    route: ['POST', `${CONNECTOR}/flap`],
    tag: 'connectors',
    summary: 'Drop the connections of a connector, which reconnects after a delay',
    params: 'ConnectorAddress',
    body: 'FlapRequest',
    result: 'Connector',
  },
  changeConnector: {
    route: ['PATCH', CONNECTOR],
    tag: 'connectors',
    summary: 'Set whether a connector reconnects, and whether it applies configurations late or never',
    params: 'ConnectorAddress',
    body: 'ConnectorChange',
    result: 'Connector',
  },
  pushLocalConfiguration: {
    route: ['POST', `${CONNECTOR}/configuration`],
    tag: 'connectors',
    summary: 'Report the configuration of a connector of a local tunnel',
    params: 'ConnectorAddress',
    body: 'PushRequest',
    result: 'PushedConfiguration',
  },
  listConfigurations: {
    route: ['GET', `${TUNNEL}/configurations`],
    tag: 'configurations',
    summary: 'List the versions of a configuration that are kept, with their changes, without secrets',
    params: 'TunnelAddress',
    result: 'ConfigurationVersions',
  },
} as const satisfies Readonly<Record<string, Operation>>
