/**
 * The results that a program in another language must print as JSON after the twelve operations.
 */
import { expect, onTestFinished } from 'vitest'
import { createEmulator } from '../../../src/emulator/emulator.ts'
import { seedOf } from '../emulator.ts'
import { run } from './child.ts'

const RUNNING_TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const CONNECTOR = '1bedc50d-42b3-473c-b108-ff3d10c0d925'

const EXPECTED_RESULTS = {
  created: 'inactive',
  conflict: 409,
  got: 'blog',
  listed: ['blog', 'running'],
  edited: 'blog-eu',
  configured: 1,
  configuration: 'cloudflare',
  token: true,
  management: 'eyJ',
  connectors: 2,
  connections: 4,
  dropped: null,
  left: [false],
  deleted: true,
}

/** One request each, except that SDKs retry a taken name, and request pages until one is empty. */
const EXPECTED_REQUESTS = {
  'cloudflare-tunnel-create-a-cloudflare-tunnel 200': 1,
  'cloudflare-tunnel-create-a-cloudflare-tunnel 409': 3,
  'cloudflare-tunnel-get-a-cloudflare-tunnel 200': 1,
  'cloudflare-tunnel-list-cloudflare-tunnels 200': 3,
  'cloudflare-tunnel-update-a-cloudflare-tunnel 200': 1,
  'cloudflare-tunnel-configuration-put-configuration 200': 1,
  'cloudflare-tunnel-configuration-get-configuration 200': 1,
  'cloudflare-tunnel-get-a-cloudflare-tunnel-token 200': 1,
  'cloudflare-tunnel-get-a-cloudflare-tunnel-management-token 200': 1,
  'cloudflare-tunnel-list-cloudflare-tunnel-connections 200': 2,
  'cloudflare-tunnel-get-cloudflare-tunnel-connector 200': 1,
  'cloudflare-tunnel-clean-up-cloudflare-tunnel-connections 200': 1,
  'cloudflare-tunnel-delete-a-cloudflare-tunnel 200': 1,
}

export async function expectTwelveOperations(program: string, args: readonly string[]): Promise<void> {
  const connectors = [{ id: CONNECTOR }, {}]
  const emulator = await createEmulator({
    port: 0,
    seed: seedOf({ id: RUNNING_TUNNEL, name: 'running', created_at: '-1d', connectors }),
  })
  onTestFinished(() => emulator.close())

  const { code, output, stdout } = await run(program, args, { env: { ...emulator.env, RUNNING_TUNNEL, CONNECTOR } })
  expect({ code, output }).toEqual({ code: 0, output: stdout })
  expect(JSON.parse(stdout)).toEqual(EXPECTED_RESULTS)

  const entries = await emulator.control.listRequests()
  const counts = Map.groupBy(entries, ({ operation, status }) => `${operation} ${status}`)
  expect(Object.fromEntries([...counts].map(([name, { length }]) => [name, length]))).toEqual(EXPECTED_REQUESTS)
  expect(entries.flatMap(({ unread }) => unread)).toEqual([])
}
