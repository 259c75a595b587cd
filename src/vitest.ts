/** `mockflared/vitest`: each test gets a world of its own, made for it and deleted after it. */
import type Cloudflare from 'cloudflare'
import { test as base, inject, type TestAPI } from 'vitest'
import type { Control } from '../schemas/control/control.ts'
import type { State } from '../schemas/state.ts'
import { createControlClient } from './client.ts'
import { baseURLOf, environmentFor } from './config/client-env.ts'
import type { EmulatorOptions } from './index.ts'
import type { ProvidedServer } from './vitest-setup.ts'

export interface MockflaredFixtures {
  /** What its world starts from: "seed", "empty", the name of a snapshot, or a state. To be overridden. */
  readonly seed: string | State
  /** The control plane of its world. */
  readonly control: Control
  /** What an SDK takes as its base URL. */
  readonly baseURL: string
  /** What an SDK takes as its fetch. With a server that does not listen, nothing else reaches `baseURL`. */
  readonly fetch: typeof fetch
  /** The variables that point programs at its world: base URL, account, token. */
  readonly env: Record<string, string>
  /** The official SDK on its world, which does not retry. Needs the package `cloudflare`. */
  readonly cloudflare: Cloudflare
  /** The id of its world. */
  readonly world: string
  /** What holds the worlds: the server of the run, or one in this process. */
  readonly mockflared: Server
}

interface Server {
  readonly url: string
  readonly env: Record<string, string>
  readonly fetch: typeof fetch
  readonly control: Control
  readonly controlOf: (world: string) => Control
  readonly close: () => Promise<void>
}

function testOn(start: () => Promise<Server>): TestAPI<MockflaredFixtures> {
  return base.extend<MockflaredFixtures>({
    mockflared: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads in the pattern which fixtures this one needs.
      async ({}, use) => {
        const server = await start()
        await use(server)
        await server.close()
      },
      { scope: 'file' },
    ],
    seed: 'seed',
    world: async ({ mockflared: { control, controlOf }, seed }, use) => {
      const { id } = await control.createWorld({ from: typeof seed === 'string' ? seed : 'empty' })
      try {
        if (typeof seed !== 'string') await controlOf(id).putState(seed)
        await use(id)
      } finally {
        await control.deleteWorld({ id }).catch(unlessGone)
      }
    },
    control: ({ mockflared, world }, use) => use(mockflared.controlOf(world)),
    baseURL: ({ mockflared, world }, use) => use(baseURLOf(mockflared.url, world)),
    fetch: ({ mockflared }, use) => use(mockflared.fetch),
    env: ({ mockflared: { url, env }, baseURL }, use) =>
      use(environmentFor({ url, baseURL, account_id: env.CLOUDFLARE_ACCOUNT_ID, token: env.CLOUDFLARE_API_TOKEN })),
    cloudflare: async ({ baseURL, fetch, env }, use) => {
      const { default: Client } = await import('cloudflare')
      await use(new Client({ apiToken: env.CLOUDFLARE_API_TOKEN ?? null, baseURL, fetch, maxRetries: 0 }))
    },
  })
}

/** A test may have deleted its world itself. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'not_found')) throw error
}

function elsewhere({ url, env, control_token: token }: ProvidedServer): Server {
  return {
    url,
    env,
    fetch,
    control: createControlClient({ url, token }),
    controlOf: world => createControlClient({ url, token, world }),
    close: async () => {},
  }
}

async function here(options: EmulatorOptions): Promise<Server> {
  const { createEmulator } = await import('./index.ts')
  return createEmulator({ listen: false, ...options })
}

/**
 * A `test` with a server of its own in each file, set up so. It does not listen, unless that is asked for. To be made at the
 * top of a module: vitest has no server of a file inside of a `describe`.
 */
export function createTest(options: EmulatorOptions): TestAPI<MockflaredFixtures> {
  return testOn(() => here(options))
}

/** A `test` on the server that `mockflared/vitest/setup` started for the run; without that each file has its own. */
export const test: TestAPI<MockflaredFixtures> = testOn(async () => {
  const provided = inject('mockflared')
  return provided ? elsewhere(provided) : here({})
})
