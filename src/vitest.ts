/** `mockflared/vitest`: each test gets its own world, created before it and deleted after it. */
import type Cloudflare from 'cloudflare'
import { test as base, inject, type TestAPI } from 'vitest'
import type { Control } from '../schemas/control/control.ts'
import type { State } from '../schemas/state.ts'
import { createControlClient } from './client.ts'
import { baseURLOf, environmentFor } from './config/client-env.ts'
import type { EmulatorOptions } from './emulator/types.ts'
import type { ProvidedServer } from './vitest-setup.ts'

export interface MockflaredFixtures {
  /** The initial state of the world: "seed", "empty", the name of a snapshot, or a state. */
  readonly seed: string | State
  /** The control plane of the world. */
  readonly control: Control
  /** The base URL for an SDK. */
  readonly baseURL: string
  /** The fetch for an SDK. If the server does not listen, only this fetch reaches `baseURL`. */
  readonly fetch: typeof fetch
  /** The variables that point programs at the world: base URL, account, token. */
  readonly env: Record<string, string>
  /** The official SDK, without retries. Needs the package `cloudflare`. */
  readonly cloudflare: Cloudflare
  /** The id of the world. */
  readonly world: string
  /** The server that has the world: that of the run, or one in this process. */
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
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads the needed fixtures from it.
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
        await control.deleteWorld({ id }).catch(ignoreGone)
      }
    },
    control: ({ mockflared, world }, use) => use(mockflared.controlOf(world)),
    baseURL: ({ mockflared, world }, use) => use(baseURLOf(mockflared.url, world)),
    fetch: ({ mockflared }, use) => use(mockflared.fetch),
    env: ({ mockflared: { url, env }, baseURL }, use) =>
      use({
        ...env,
        ...environmentFor({ url, baseURL, account_id: env.CLOUDFLARE_ACCOUNT_ID, token: env.CLOUDFLARE_API_TOKEN }),
      }),
    cloudflare: async ({ baseURL, fetch, env }, use) => {
      const { default: Client } = await import('cloudflare')
      await use(new Client({ apiToken: env.CLOUDFLARE_API_TOKEN ?? null, baseURL, fetch, maxRetries: 0 }))
    },
  })
}

/** The test itself may have deleted its world. */
function ignoreGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'gone')) throw error
}

function serverOfRun({ url, env, control_token: token }: ProvidedServer): Server {
  return {
    url,
    env,
    fetch,
    control: createControlClient({ url, token }),
    controlOf: world => createControlClient({ url, token, world }),
    close: async () => {},
  }
}

async function serverOfFile(options: EmulatorOptions): Promise<Server> {
  const { createEmulator } = await import('./index.ts')
  return createEmulator({ listen: false, ...options })
}

/**
 * A `test` with its own server in each file, with these options. The server does not listen unless
 * the options say so. Call it at the top of a module: inside a `describe`, vitest has no fixture
 * for the whole file.
 */
export function createTest(options: EmulatorOptions): TestAPI<MockflaredFixtures> {
  return testOn(() => serverOfFile(options))
}

/**
 * A `test` on the server of `mockflared/vitest/setup`. Without that setup, each file has its own
 * server.
 */
export const test: TestAPI<MockflaredFixtures> = testOn(async () => {
  const provided = inject('mockflared')
  return provided ? serverOfRun(provided) : serverOfFile({})
})
