/** A world as one file: what its pages read, without secrets. */
import type { Result } from '../../../schemas/control/control.ts'
import type { OperationName } from '../../../schemas/control/operations.ts'

/** Operations that read, need no input, and never tell a secret. */
export const READ = [
  'getInfo',
  'getOverview',
  'listDue',
  'listFaults',
  'listEvents',
  'listRequests',
  'listSnapshots',
  'listWorlds',
  'getReport',
  'getCoverage',
  'lint',
  'getDnsOverview',
  'getNetworkOverview',
  'getAccessOverview',
] as const satisfies readonly OperationName[]

export type Read = (typeof READ)[number]

export interface Recording {
  /** The version of the format. */
  readonly mockflared_recording: 1
  /** Real time. */
  readonly saved_at: string
  readonly world: string
  readonly results: { readonly [Name in Read]: Result<Name> }
  /** By the id of the tunnel. */
  readonly configurations: Readonly<Record<string, Result<'listConfigurations'>>>
}

/** Throws an Error that says what the text is not. */
export function parseRecording(text: string): Recording {
  const value = parsed(text)
  const version = typeof value === 'object' && value !== null ? Object(value).mockflared_recording : undefined
  if (version === undefined) throw new Error('This file is not a recording of mockflared. Settings saves one.')
  if (version !== 1) throw new Error(`This recording has the version ${version}. This console reads version 1.`)
  return value as Recording
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
