import { expect } from 'vitest'
import { ControlError } from '../../../schemas/control/control-error.ts'
import type { State } from '../../../schemas/state.ts'
import { UNKNOWN_ID } from '../emulator.ts'
import { type Connector, factsOf, type Model, type Tunnel } from './facts.ts'
import { UNKNOWN } from './operations.ts'
import type { Outcome, Subject } from './subject.ts'

/** The emulator, its model, and the states that both can return to. */
export interface Stage {
  readonly subject: Subject
  model: Model
  readonly snapshots: Map<string, { readonly dump: State; readonly model: Model }>
  readonly seed: Model
}

/** The tunnel with this number; undefined for an unknown one. */
export function tunnelFor({ tunnels }: Model, nth: number): Tunnel | undefined {
  return nth === UNKNOWN ? undefined : tunnels[nth % tunnels.length]
}

export function connectorFor(tunnel: Tunnel | undefined, nth: number): Connector | undefined {
  return nth === UNKNOWN ? undefined : tunnel?.connectors[nth % tunnel.connectors.length]
}

export function idOf(item: { readonly id: string } | undefined): string {
  return item?.id ?? UNKNOWN_ID
}

export function expectRefusal({ status, code }: Outcome, ...expected: [status: number, code: number]): void {
  expect([status, code]).toEqual(expected)
}

export function expectResult({ status, result }: Outcome, expected: unknown): void {
  expect(status).toBe(200)
  expect(result).toEqual(expected)
}

/** The error code of a refused operation; undefined if it succeeds. */
export async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (error instanceof ControlError) return error.code
    throw error
  }
}

/** Reads the tunnels of the emulator: the model needs the ids of new tunnels and connectors. */
export async function actualTunnels({ subject }: Stage): Promise<readonly Tunnel[]> {
  return factsOf(await subject.dump())
}
