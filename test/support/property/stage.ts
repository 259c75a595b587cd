import { expect } from 'vitest'
import { ControlError } from '../../../schemas/control/control-error.ts'
import type { State } from '../../../schemas/state.ts'
import { UNKNOWN_ID } from '../emulator.ts'
import { type Connector, factsOf, type Model, type Tunnel } from './facts.ts'
import { NOBODY } from './operations.ts'
import type { Outcome, Subject } from './subject.ts'

/** What an operation plays on: the emulator, the model beside it, and what both could be put back to. */
export interface Stage {
  readonly subject: Subject
  model: Model
  readonly snapshots: Map<string, { readonly dump: State; readonly model: Model }>
  readonly seed: Model
}

/** The tunnel that a number stands for, undefined for one that never was. */
export function tunnelFor({ tunnels }: Model, nth: number): Tunnel | undefined {
  return nth === NOBODY ? undefined : tunnels[nth % tunnels.length]
}

export function connectorFor(tunnel: Tunnel | undefined, nth: number): Connector | undefined {
  return nth === NOBODY ? undefined : tunnel?.connectors[nth % tunnel.connectors.length]
}

export function idOf(one: { readonly id: string } | undefined): string {
  return one?.id ?? UNKNOWN_ID
}

export function expectRefusal({ status, code }: Outcome, ...expected: [status: number, code: number]): void {
  expect([status, code]).toEqual(expected)
}

export function expectResult({ status, result }: Outcome, expected: unknown): void {
  expect(status).toBe(200)
  expect(result).toEqual(expected)
}

/** The code with which the control plane refuses; undefined when it does not. */
export async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (error instanceof ControlError) return error.code
    throw error
  }
}

/** What the model does not foresee, the id of a new tunnel or connector, it takes from the dump. */
export async function found({ subject }: Stage): Promise<readonly Tunnel[]> {
  return factsOf(await subject.dump())
}
