/** An action as a command of mockflared; undefined where it has none. */
import type { Input } from '../../schemas/control/control.ts'
import type { OperationName } from '../../schemas/control/operations.ts'
import type { Action } from './act.ts'
import { server, world } from './place.ts'
import { quoted } from './quote.ts'

type Words = readonly (string | number)[]

/** The words of a command after `mockflared`, in the order of its help. */
const COMMANDS: { readonly [Name in OperationName]?: (input: Input<Name>) => Words | undefined } = {
  getClock: () => ['clock'],
  moveClock: ({ freeze, advance, set, resume }) =>
    resume
      ? ['clock', 'resume']
      : advance !== undefined
        ? ['clock', 'advance', advance]
        : set !== undefined
          ? ['clock', 'set', set]
          : ['clock', 'freeze', ...(typeof freeze === 'string' ? [freeze] : [])],
  connectConnector: ({ tunnel_id, version, arch, colos = [], connections, origin_ip, reconnects }) => [
    'connect',
    tunnel_id,
    ...flag('--connections', connections),
    ...flag('--cloudflared', version),
    ...flag('--arch', arch),
    ...colos.flatMap(colo => ['--colo', colo]),
    ...flag('--origin-ip', origin_ip),
    ...(reconnects ? ['--reconnects'] : []),
  ],
  disconnectConnector: ({ tunnel_id, connector_id, graceful = true, connections }) => [
    'disconnect',
    tunnel_id,
    connector_id,
    ...flag('--connections', connections),
    ...(graceful ? ['--graceful'] : []),
  ],
  reconnectConnector: ({ tunnel_id, connector_id, connections }) => [
    'reconnect',
    tunnel_id,
    connector_id,
    ...flag('--connections', connections),
  ],
  drainConnector: ({ tunnel_id, connector_id, every }) => ['drain', tunnel_id, connector_id, ...flag('--every', every)],
  flapConnector: ({ tunnel_id, connector_id, down_for }) => [
    'flap',
    tunnel_id,
    connector_id,
    ...flag('--down-for', down_for),
  ],
  addFault: fault => ['faults', 'add', fault.preset ?? JSON.stringify(fault)],
  removeFault: ({ id }) => ['faults', 'remove', id],
  clearFaults: () => ['faults', 'clear'],
  listFaults: () => ['faults'],
  clearRequests: () => ['requests', 'clear'],
  saveSnapshot: ({ name }) => ['snapshot', 'save', name],
  getSnapshotChanges: ({ name }) => ['snapshot', 'changes', name],
  restoreSnapshot: ({ name, keep = [] }) => [
    'snapshot',
    'restore',
    name,
    ...(keep.length > 0 ? ['--keep', ...keep] : []),
  ],
  deleteSnapshot: ({ name }) => ['snapshot', 'delete', name],
  listSnapshots: () => ['snapshot'],
  reset: ({ to }) => ['reset', ...(to === undefined ? [] : [to])],
  createWorld: ({ from }) => ['world', 'create', ...flag('--from', from)],
  createWorldAs: ({ id, from }) => ['world', 'create', id, ...flag('--from', from)],
  deleteWorld: ({ id }) => ['world', 'delete', id],
  listWorlds: () => ['world'],
  getEdge: () => ['edge'],
  changeEdge: ({ accepts }) => ['edge', accepts ? 'accept' : 'refuse'],
  getEdgeCertificate: () => ['edge', 'ca'],
  addEdgeFault: fault => ['edge', 'faults', 'add', fault.preset ?? JSON.stringify(fault)],
  removeEdgeFault: ({ id }) => ['edge', 'faults', 'remove', id],
  clearEdgeFaults: () => ['edge', 'faults', 'clear'],
  clearEdgeRequests: () => ['edge', 'requests', 'clear'],
  lint: () => ['lint'],
  getReport: () => ['report'],
}

export function commandOf<Name extends OperationName>({ operation, input }: Action<Name>): string | undefined {
  const words = COMMANDS[operation]?.(input)
  if (!words) return undefined

  const place = [...flag('--url', server), ...flag('--world', world)]
  return ['mockflared', ...words, ...place].map(word => quoted(String(word))).join(' ')
}

function flag(name: string, value: string | number | undefined): Words {
  return value === undefined ? [] : [name, value]
}
