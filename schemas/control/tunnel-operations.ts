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
  listConnectors: {
    route: ['GET', CONNECTORS],
    tag: 'connectors',
    summary: 'List every connector a tunnel ever had, with all its connections',
    params: 'TunnelAddress',
    result: 'SimulatedConnectors',
  },
  connectConnector: {
    route: ['POST', CONNECTORS],
    tag: 'connectors',
    summary: 'Start a connector',
    params: 'TunnelAddress',
    body: 'ConnectRequest',
    result: 'SimulatedConnector',
  },
  disconnectConnector: {
    route: ['POST', `${CONNECTOR}/disconnect`],
    tag: 'connectors',
    summary: 'Stop a connector, or break its connections',
    params: 'ConnectorAddress',
    body: 'DisconnectRequest',
    result: 'SimulatedConnector',
  },
  reconnectConnector: {
    route: ['POST', `${CONNECTOR}/reconnect`],
    tag: 'connectors',
    summary: 'Bring a connector back, under its own id',
    params: 'ConnectorAddress',
    body: 'ReconnectRequest',
    result: 'SimulatedConnector',
  },
  drainConnector: {
    route: ['POST', `${CONNECTOR}/drain`],
    tag: 'connectors',
    summary: 'Close the connections of a connector one after the other',
    params: 'ConnectorAddress',
    body: 'DrainRequest',
    result: 'SimulatedConnector',
  },
  flapConnector: {
    route: ['POST', `${CONNECTOR}/flap`],
    tag: 'connectors',
    summary: 'Break the connections of a connector and bring it back by itself',
    params: 'ConnectorAddress',
    body: 'FlapRequest',
    result: 'SimulatedConnector',
  },
  changeConnector: {
    route: ['PATCH', CONNECTOR],
    tag: 'connectors',
    summary: 'Tell a connector whether to come back, and to take configurations late or never',
    params: 'ConnectorAddress',
    body: 'ConnectorChange',
    result: 'SimulatedConnector',
  },
  pushLocalConfiguration: {
    route: ['POST', `${CONNECTOR}/configuration`],
    tag: 'connectors',
    summary: 'Let a connector of a local tunnel tell its own configuration',
    params: 'ConnectorAddress',
    body: 'PushRequest',
    result: 'PushedConfiguration',
  },
  listConfigurations: {
    route: ['GET', `${TUNNEL}/configurations`],
    tag: 'configurations',
    summary: 'List every version of a configuration, with what it changed',
    params: 'TunnelAddress',
    result: 'ConfigurationVersions',
  },
} as const satisfies Readonly<Record<string, Operation>>
