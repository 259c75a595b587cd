/** Answers the operations of the control plane from a recording. */
import type { Input, Result } from '../../../schemas/control/control.ts'
import type { OperationName } from '../../../schemas/control/operations.ts'
import { ControlError } from '../../../src/client.ts'
import type { Recording } from './recording.ts'
import { selectRequests, summaryOf } from './select-requests.ts'

export type Player = (name: OperationName, input: unknown) => Promise<unknown>

type Answers = { readonly [Name in OperationName]?: (input: Input<Name>) => Result<Name> }

export function createPlayer({ results, configurations }: Recording): Player {
  const { getOverview: overview, listRequests: requests, listEvents: events } = results
  const answers: Answers = {
    // Nothing moves in a recording.
    getOverview: ({ deleted = false, tunnel_id }) => ({
      ...overview,
      clock: { ...overview.clock, frozen: true, offset_ms: null },
      tunnels: overview.tunnels.filter(
        tunnel => (deleted || tunnel.deleted_at === null) && (tunnel_id ?? tunnel.tunnel_id) === tunnel.tunnel_id,
      ),
    }),
    getClock: () => ({ ...overview.clock, frozen: true, offset_ms: null }),
    listEvents: ({ after = 0, limit }) => events.filter(({ id }) => id > after).slice(0, limit),
    listRequests: filter => selectRequests(requests, filter),
    listRequestSummaries: filter => selectRequests(requests, filter).map(summaryOf),
    getRequest: ({ id }) => requests.find(entry => entry.id === id) ?? throwMissing(`request ${id}`),
    listConfigurations: ({ tunnel_id }) => configurations[tunnel_id] ?? [],
    listConnectors: ({ tunnel_id }) =>
      overview.tunnels.find(tunnel => tunnel.tunnel_id === tunnel_id)?.connectors ?? [],
  }
  const known: Readonly<Record<string, unknown>> = results
  return async (name, input = {}) => {
    const answer = answers[name] as ((input: unknown) => unknown) | undefined
    if (answer) return answer(input)
    if (Object.hasOwn(known, name)) return known[name]
    throw new ControlError('refused', `a recording cannot answer ${name}: close it to ask the server`)
  }
}

function throwMissing(what: string): never {
  throw new ControlError('not_found', `the recording has no ${what}`)
}
