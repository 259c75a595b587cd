/** The control plane of this world. The page never calls the emulated API. */
import { signal } from '@preact/signals'
import type { OperationName } from '../../schemas/control/operations.ts'
import { type Control, createControlClient } from '../../src/client.ts'
import { server, world } from './place.ts'
import type { Player } from './recording/player.ts'
import { token } from './token.ts'

/** Marks the requests of someone who only watches: they keep no world alive. */
export const OBSERVER = { 'mockflared-observer': 'console' }

/** Answers instead of the server while the page shows a recording. */
export const player = signal<Player | undefined>(undefined)

function client(id: string | undefined): Control {
  return createControlClient({
    url: server,
    world: id,
    token: token.value,
    fetch: (url, init) => fetch(url, { ...init, headers: { ...Object(init?.headers), ...OBSERVER } }),
  })
}

/** Calls an operation with the present token. */
export function call<Name extends OperationName>(
  name: Name,
  ...input: Parameters<Control[Name]>
): ReturnType<Control[Name]> {
  return callIn(world, name, ...input)
}

/** Calls an operation of another world; undefined: of the main one. */
export function callIn<Name extends OperationName>(
  id: string | undefined,
  name: Name,
  ...input: Parameters<Control[Name]>
): ReturnType<Control[Name]> {
  const play = player.value
  // What is emulated belongs to the server: no recording has it.
  if (play && name !== 'getCoverage') return play(name, input[0]) as ReturnType<Control[Name]>
  const operation = client(id)[name] as unknown as (...input: Parameters<Control[Name]>) => ReturnType<Control[Name]>
  return operation(...input)
}
