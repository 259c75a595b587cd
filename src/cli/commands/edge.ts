import type { Command } from 'commander'
import type { EdgeRequest, EdgeStatus } from '../../../schemas/control/edge.ts'
import type { EdgeFaultRequest } from '../../../schemas/control/edge-fault.ts'
import { columns, counted, type Output } from '../action.ts'
import { wholeNumberParser } from '../arguments.ts'
import { defined } from '../defined.ts'
import { addFaultCommands } from '../fault-commands.ts'
import type { CliHost } from '../host.ts'
import { type LogRangeFlags, withLogRangeFlags } from '../log-range-flags.ts'
import { setRemoteAction } from '../remote.ts'

interface RequestFlags extends LogRangeFlags {
  readonly hostname?: string
  readonly method?: string
  readonly path?: string
  readonly tunnel?: string
  readonly connector?: string
  readonly status?: number
}

export function addEdge(program: Command, host: CliHost): void {
  const edge = program
    .command('edge')
    .helpCommand(false)
    .description('Show and change the edge, to which a real cloudflared connects')

  const show = edge.command('show', { isDefault: true }).description('Show addresses and connections (the default)')
  setRemoteAction(show, host, async ({ control }) => statusOutput(await control.getEdge()))

  const accept = edge.command('accept').description('Let connectors register in the world')
  setRemoteAction(accept, host, async ({ control }) => statusOutput(await control.changeEdge({ accepts: true })))

  const refuse = edge.command('refuse').description('Let no connector register in the world')
  setRemoteAction(refuse, host, async ({ control }) => statusOutput(await control.changeEdge({ accepts: false })))

  const ca = edge.command('ca').description('Print the certificate that cloudflared must trust')
  setRemoteAction(ca, host, async ({ control }) => {
    const pem = await control.getEdgeCertificate()
    return { text: pem.trimEnd(), json: pem }
  })

  addFaultCommands<EdgeFaultRequest>(edge, host, 'Inject failures between cloudflared, the edge and visitors', {
    target: 'matches',
    preset: 'edge-outage',
    add: (control, request) => control.addEdgeFault(request),
    list: control => control.listEdgeFaults(),
    remove: (control, id) => control.removeEdgeFault({ id }),
    clear: control => control.clearEdgeFaults(),
  })
  addRequests(edge, host)
}

function addRequests(edge: Command, host: CliHost): void {
  const requests = edge
    .command('requests')
    .alias('request')
    .helpCommand(false)
    .description('Show or clear the list of requests to the gateway')

  const list = requests
    .command('list', { isDefault: true })
    .description('List requests, the newest last (the default)')
    .option('--hostname <HOSTNAME>', 'Hostname without a port')
    .option('--method <METHOD>', 'Method, such as POST')
    .option('--path <PATH>', 'Start of the path')
    .option('--tunnel <ID>', 'Id of the tunnel')
    .option('--connector <ID>', 'Id of the connector')
    .option('--status <STATUS>', 'Status of the response', wholeNumberParser('--status', 100))
  withLogRangeFlags(list)
  setRemoteAction<RequestFlags>(list, host, async ({ control, flags }) => {
    const { hostname, method, path, tunnel, connector, status, after, before, limit } = flags
    const ids = { tunnel_id: tunnel, connector_id: connector }
    const entries = await control.listEdgeRequests(
      defined({ hostname, method, path, ...ids, status, after, before, limit }),
    )
    return { text: columns(entries.map(row)) || 'no requests', json: entries }
  })

  const clear = requests.command('clear').description('Clear the list')
  setRemoteAction(clear, host, async ({ control }) => {
    const { cleared } = await control.clearEdgeRequests()
    return { text: `cleared ${counted(cleared, 'request')}`, json: { cleared } }
  })
}

function statusOutput(status: EdgeStatus): Output {
  const { address, gateway_url, ca_path, connections, accepts } = status
  const lines = [
    ['edge', address],
    ['gateway', gateway_url],
    ['CA', ca_path],
    ['connections', String(connections)],
    ['registrations', accepts ? 'accepted' : 'refused'],
  ]
  return { text: columns(lines), json: status }
}

function row({ id, at, status, method, hostname, path, duration_ms, connector_id }: EdgeRequest): string[] {
  return [
    `#${id}`,
    at,
    status === null ? 'none' : String(status),
    method,
    `${hostname}${path}`,
    duration_ms === null ? '' : `${Math.round(duration_ms)} ms`,
    connector_id ?? 'no connector',
  ]
}
