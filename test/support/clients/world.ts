/** A world for a program, and what must be true after any program. */
import { expect, onTestFinished } from 'vitest'
import type { Control } from '../../../schemas/control/control.ts'
import type { StateDnsRecord } from '../../../schemas/state-dns-record.ts'
import { createEmulator } from '../../../src/emulator/emulator.ts'

/** Starts a server with a world of its own for the program; `env` points the program at it. */
export async function startWorld() {
  const emulator = await createEmulator({ port: 0 })
  onTestFinished(() => emulator.close())
  const { id, base_url } = await emulator.control.createWorld({ from: 'seed' })
  const control = emulator.controlOf(id)
  const before = await inventory(control)

  const toWorld = ([name, value]: [string, string]) => [name, value.replace(emulator.baseURL, base_url)]
  return {
    control,
    dnsRecords: async () => ((await control.getState()) as { dns_records: StateDnsRecord[] }).dns_records,
    baseURL: base_url,
    env: Object.fromEntries(Object.entries(emulator.env).map(toWorld)) as Record<string, string>,
    expectNothingLeft: (ignored?: readonly string[]) => expectNothingLeft(control, before, ignored),
  }
}

/** The state without what is deleted: deleted tunnels, routes and virtual networks stay in it. */
export async function inventory(control: Control): Promise<object> {
  const sections = Object.entries<unknown>(await control.getState())
  return Object.fromEntries(sections.map(([name, rows]) => [name, Array.isArray(rows) ? rows.filter(exists) : rows]))
}

function exists({ deleted_at }: { readonly deleted_at?: unknown }): boolean {
  return !deleted_at
}

/**
 * The program took down what it had put up, and the emulator knew and read all that it sent.
 * `ignored` names what the API has no place for, and therefore ignores too.
 */
export async function expectNothingLeft(
  control: Control,
  before: object,
  ignored: readonly string[] = [],
): Promise<void> {
  expect(await inventory(control)).toEqual(before)
  expect(await control.lint({ leftovers: true })).toEqual([])
  const entries = await control.listRequests()
  expect(entries.length).toBeGreaterThan(0)
  expect(entries.flatMap(({ not_emulated }) => not_emulated ?? [])).toEqual([])
  expect(entries.flatMap(({ unread }) => unread)).toEqual(ignored)
}
