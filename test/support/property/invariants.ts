import { expect } from 'vitest'
import { problemWith } from '../../../schemas/check.ts'
import { State, type StateTunnel } from '../../../schemas/state.ts'

/** Checks the invariants of every world. */
export function expectValidWorld(dump: State): void {
  expect(problemsOf(dump)).toEqual([])
}

function problemsOf(dump: State): readonly string[] {
  const problem = problemWith(State, dump)
  const live = (dump.tunnels ?? []).filter(({ deleted_at }) => !deleted_at).map(nameOf)
  return [
    ...(problem ? [`the dump breaks its model at ${problem.where}: ${problem.what}`] : []),
    ...(new Set(live).size < live.length ? [`two live tunnels have one name: ${live}`] : []),
    ...(dump.tunnels ?? []).flatMap(problemsOfTunnel),
  ]
}

function nameOf({ account_tag, name }: StateTunnel): string {
  return `${account_tag} ${name}`
}

function problemsOfTunnel(tunnel: StateTunnel): readonly string[] {
  const { name, deleted_at, conns_active_at, conns_inactive_at, configurations = [], connectors = [] } = tunnel
  const versions = configurations.map(({ version = 0 }) => version)
  const connections = connectors.flatMap(({ connections: all = [] }) => all)
  const isActive = connections.some(({ lost_at, closed_at }) => !lost_at && !closed_at)
  return [
    versions.some((version, index) => version <= (versions[index - 1] ?? -1)) &&
      `its versions do not grow: ${versions}`,
    deleted_at && isActive && 'it is deleted and has a live connection',
    isActive !== Boolean(conns_active_at) && 'conns_active_at does not show whether it has a live connection',
    Boolean(conns_active_at) === Boolean(conns_inactive_at) && 'it is both active and inactive, or neither',
  ].flatMap(issue => (issue ? [`${name}: ${issue}`] : []))
}
