import type { Command } from 'commander'
import type { TunnelSummary } from '../../../schemas/control/tunnel.ts'
import { columns } from '../action.ts'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'

const HEADINGS = ['NAME', 'STATUS', 'CONNECTORS', 'HOSTNAMES', 'CONFIGURATION', 'CLOUDFLARED', 'ID']

/** More hostnames are only counted. */
const SHOWN_HOSTNAMES = 2

export function addTunnels(program: Command, host: CliHost): void {
  const tunnels = program
    .command('tunnels')
    .alias('tunnel')
    .description('List the tunnels: status, connectors, hostnames, versions')
  setRemoteAction(tunnels, host, async ({ control }) => {
    const listed = await control.listTunnels()
    return { text: listed.length > 0 ? columns([HEADINGS, ...listed.map(row)]) : 'no tunnels', json: listed }
  })
}

function row({ tunnel_id, name, status, connectors, hostnames, config_version, versions }: TunnelSummary): string[] {
  const more = hostnames.length - SHOWN_HOSTNAMES
  return [
    name,
    status,
    String(connectors),
    [...hostnames.slice(0, SHOWN_HOSTNAMES), ...(more > 0 ? [`+${more}`] : [])].join(' ') || '-',
    config_version === null ? '-' : `version ${config_version}`,
    versions.join(' ') || '-',
    tunnel_id,
  ]
}
