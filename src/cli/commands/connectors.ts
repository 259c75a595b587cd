import type { Command } from 'commander'
import type { ConnectRequest, SimulatedConnector, TunnelAddress } from '../../../schemas/control/connector.ts'
import type { Control } from '../../client.ts'
import type { Output } from '../action.ts'
import { wholeNumberParser } from '../arguments.ts'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'

interface TunnelFlags {
  readonly account?: string
  readonly connections?: number
}

interface ConnectFlags extends TunnelFlags {
  readonly id?: string
  readonly cloudflared?: string
  readonly arch?: string
  readonly colo?: string[]
  readonly originIp?: string
  readonly reconnects?: true
}

interface DisconnectFlags extends TunnelFlags {
  readonly lost?: true
}

export function addConnectors(program: Command, host: CliHost): void {
  const connect = withTunnelFlags(program.command('connect'))
    .description('Let a simulated connector run a tunnel')
    .option('--id <ID>', 'Its id; one that ran the tunnel before comes back [random]')
    .option('--cloudflared <VERSION>', 'Its version')
    .option('--arch <ARCH>', 'Such as linux_amd64')
    .option('--colo <COLO>', 'A data center; several are taken in turn', (one, all: string[] = []) => [...all, one])
    .option('--origin-ip <IP>', 'Where it connects from')
    .option('--reconnects', 'It comes back when the API cuts it off')
  setRemoteAction<ConnectFlags>(connect, host, async ({ control, args: [tunnel = ''], flags }) => {
    const address = await findTunnel(control, tunnel, flags.account)
    return outputOf('connected', tunnel, await reconnectOrConnect(control, address, flags))
  })

  const disconnect = withTunnelFlags(program.command('disconnect'))
    .description('Stop a simulated connector, or break its connections')
    .argument('[CONNECTOR]', 'Its id; default: the only one that is connected')
    .option('--lost', 'They break, and stay pending until the connector is back or the time is over')
  setRemoteAction<DisconnectFlags>(disconnect, host, async ({ control, args: [tunnel = '', connector], flags }) => {
    const { lost, connections, account } = flags
    const address = await findTunnel(control, tunnel, account)
    const connector_id = connector ?? onlyConnected(tunnel, await control.listConnectors(address))
    const amount = connections === undefined ? {} : { connections }
    return outputOf(
      lost ? 'lost' : 'disconnected',
      tunnel,
      await control.disconnectConnector({ ...address, connector_id, graceful: !lost, ...amount }),
    )
  })
}

function withTunnelFlags(command: Command): Command {
  return command
    .argument('<TUNNEL>', 'Name or id')
    .option('--account <ID>', 'Its account; default: any that has such a tunnel')
    .option('--connections <COUNT>', 'How many of its connections; default: all', wholeNumberParser('--connections', 1))
}

/** The state has the names and the accounts of all tunnels. */
async function findTunnel(control: Control, wanted: string, account: string | undefined): Promise<TunnelAddress> {
  const { tunnels = [] } = await control.getState()
  const found = tunnels
    .filter(({ account_tag }) => account === undefined || account_tag === account.toLowerCase())
    .filter(({ id, name, deleted_at }) => id === wanted.toLowerCase() || (name === wanted && !deleted_at))

  const [first, second] = found
  if (first?.id === undefined) throw new Error(`there is no tunnel ${wanted}${account ? ` in account ${account}` : ''}`)
  if (second) {
    const accounts = found.map(({ account_tag }) => account_tag).join(', ')
    throw new Error(`there are several tunnels ${wanted}: say with --account which, of ${accounts}`)
  }
  return { account_id: first.account_tag, tunnel_id: first.id }
}

async function reconnectOrConnect(
  control: Control,
  address: TunnelAddress,
  { id, connections, cloudflared, arch, colo, originIp, reconnects }: ConnectFlags,
): Promise<SimulatedConnector> {
  const amount = connections === undefined ? {} : { connections }
  const known = id === undefined ? [] : await control.listConnectors(address)
  const before = known.find(one => one.id === id?.toLowerCase())
  const request: ConnectRequest = {
    ...(cloudflared !== undefined && { version: cloudflared }),
    ...(arch !== undefined && { arch }),
    ...(colo !== undefined && { colos: colo }),
    ...(originIp !== undefined && { origin_ip: originIp }),
    ...(reconnects !== undefined && { reconnects }),
  }
  if (!before) return control.connectConnector({ ...address, ...(id !== undefined && { id }), ...request, ...amount })

  if (Object.keys(request).length > 0) throw new Error(`connector ${id} ran the tunnel before: it comes back as it was`)
  return control.reconnectConnector({ ...address, connector_id: before.id, ...amount })
}

function onlyConnected(tunnel: string, connectors: readonly SimulatedConnector[]): string {
  const connected = connectors.filter(({ connections }) => connections.some(({ state }) => state === 'live'))
  const [first, second] = connected
  if (!first) throw new Error(`tunnel ${tunnel} has no connector that is connected`)
  if (second) throw new Error(`tunnel ${tunnel} has several connectors: ${connected.map(({ id }) => id).join(', ')}`)
  return first.id
}

function outputOf(verb: string, tunnel: string, connector: SimulatedConnector): Output {
  const tracked = connector.connections.filter(({ state }) => state === 'live' || state === 'pending')
  const colos = tracked.map(({ colo_name, state }) => (state === 'live' ? colo_name : `${colo_name} (pending)`))
  return {
    text: `${verb} ${connector.id}: ${colos.join(' ') || 'no connections'}; ${tunnel} is ${connector.tunnel_status}`,
    json: connector,
  }
}
