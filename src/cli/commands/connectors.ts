import { type Command, Option } from 'commander'
import type { Connector, ConnectRequest } from '../../../schemas/control/connector.ts'
import { findTunnel } from '../../../schemas/control/find-tunnel.ts'
import type { Output } from '../action.ts'
import { durationParser, wholeNumberParser } from '../arguments.ts'
import { findConnector } from '../find-connector.ts'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'

interface TunnelFlags {
  readonly account?: string
}

interface ConnectionsFlags extends TunnelFlags {
  readonly connections?: number
}

interface ConnectFlags extends ConnectionsFlags {
  readonly id?: string
  readonly cloudflared?: string
  readonly arch?: string
  readonly colo?: string[]
  readonly originIp?: string
  readonly reconnects?: true
}

export function addConnectors(program: Command, host: CliHost): void {
  addConnect(program, host)
  addDisconnect(program, host)

  const reconnect = withConnectionsFlag(connectorCommand(program, 'reconnect')).description(
    'Reconnect a simulated connector',
  )
  setRemoteAction<ConnectionsFlags>(reconnect, host, async ({ control, args: [tunnel = '', connector], flags }) => {
    const address = await findConnector(control, tunnel, connector, flags.account, 'disconnected')
    return outputOf('reconnected', tunnel, await control.reconnectConnector({ ...address, ...amountOf(flags) }))
  })

  const drain = connectorCommand(program, 'drain')
    .description('Close the connections of a simulated connector one after the other')
    .option('--every <DURATION>', 'Time between two connections, such as 2s [1s]', durationParser('--every'))
  setRemoteAction<TunnelFlags & { every?: string }>(drain, host, async ({ control, args, flags }) => {
    const [tunnel = '', connector] = args
    const address = await findConnector(control, tunnel, connector, flags.account, 'connected')
    const every = flags.every === undefined ? {} : { every: flags.every }
    return outputOf('draining', tunnel, await control.drainConnector({ ...address, ...every }))
  })

  const flap = connectorCommand(program, 'flap')
    .description('Disconnect a simulated connector, and reconnect it after a time')
    .option('--down-for <DURATION>', 'Time until it is back, such as 10s [2s]', durationParser('--down-for'))
  setRemoteAction<TunnelFlags & { downFor?: string }>(flap, host, async ({ control, args, flags }) => {
    const [tunnel = '', connector] = args
    const address = await findConnector(control, tunnel, connector, flags.account, 'connected')
    const time = flags.downFor === undefined ? {} : { down_for: flags.downFor }
    return outputOf('flapping', tunnel, await control.flapConnector({ ...address, ...time }))
  })
}

function addConnect(program: Command, host: CliHost): void {
  const connect = withConnectionsFlag(tunnelCommand(program, 'connect'))
    .description('Connect a simulated connector to a tunnel')
    .option('--id <ID>', 'Id of the connector; a known one reconnects [random]')
    .option('--cloudflared <VERSION>', 'Version of cloudflared')
    .option('--arch <ARCH>', 'Architecture, such as linux_amd64')
    .option('--colo <COLO>', 'Data center; repeatable, taken in turn', (one, all: string[] = []) => [...all, one])
    .option('--origin-ip <IP>', 'IP address that it connects from')
    .option('--reconnects', 'Reconnect when the API drops its connections')
  setRemoteAction<ConnectFlags>(connect, host, async ({ control, args: [tunnel = ''], flags }) => {
    const { id, account } = flags
    const address = await findTunnel(control, tunnel, { account })
    const known = id === undefined ? [] : await control.listConnectors(address)
    const before = known.find(one => one.id === id?.toLowerCase())
    const request = requestOf(flags)
    if (!before) {
      const wish = { ...(id !== undefined && { id }), ...request, ...amountOf(flags) }
      return outputOf('connected', tunnel, await control.connectConnector({ ...address, ...wish }))
    }
    if (Object.keys(request).length > 0) {
      throw new Error(`connector ${id} exists and reconnects as it was: omit its other options`)
    }
    const reconnected = await control.reconnectConnector({ ...address, connector_id: before.id, ...amountOf(flags) })
    return outputOf('connected', tunnel, reconnected)
  })
}

function addDisconnect(program: Command, host: CliHost): void {
  const disconnect = withConnectionsFlag(connectorCommand(program, 'disconnect'))
    .description('Disconnect a simulated connector; its connections stay pending unless --graceful')
    .option('--graceful', 'Stop it as SIGTERM does: its connections close at once')
    .addOption(new Option('--lost').hideHelp())
  setRemoteAction<ConnectionsFlags & { graceful?: true }>(disconnect, host, async ({ control, args, flags }) => {
    const [tunnel = '', connector] = args
    const address = await findConnector(control, tunnel, connector, flags.account, 'connected')
    const graceful = flags.graceful ?? false
    const result = await control.disconnectConnector({ ...address, graceful, ...amountOf(flags) })
    return outputOf('disconnected', tunnel, result)
  })
}

function tunnelCommand(program: Command, name: string): Command {
  return program
    .command(name)
    .argument('<TUNNEL>', 'Name or id of the tunnel')
    .option('--account <ID>', 'Account of the tunnel [any that has such a tunnel]')
}

function connectorCommand(program: Command, name: string): Command {
  return tunnelCommand(program, name).argument('[CONNECTOR]', 'Id of the connector [the only one]')
}

function withConnectionsFlag(command: Command): Command {
  return command.option(
    '--connections <COUNT>',
    'Number of its connections [all]',
    wholeNumberParser('--connections', 1),
  )
}

function amountOf({ connections }: ConnectionsFlags): { connections?: number } {
  return connections === undefined ? {} : { connections }
}

function requestOf({ cloudflared, arch, colo, originIp, reconnects }: ConnectFlags): ConnectRequest {
  return {
    ...(cloudflared !== undefined && { version: cloudflared }),
    ...(arch !== undefined && { arch }),
    ...(colo !== undefined && { colos: colo }),
    ...(originIp !== undefined && { origin_ip: originIp }),
    ...(reconnects !== undefined && { reconnects }),
  }
}

function outputOf(verb: string, tunnel: string, connector: Connector): Output {
  const tracked = connector.connections.filter(({ state }) => state === 'live' || state === 'pending')
  const colos = tracked.map(({ colo_name, state }) => (state === 'live' ? colo_name : `${colo_name} (pending)`))
  return {
    text: `${verb} ${connector.id}: ${colos.join(' ') || 'no connections'}; ${tunnel} is ${connector.tunnel_status}`,
    json: connector,
  }
}
