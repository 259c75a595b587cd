/** `mockflared/vitest/setup`: a `globalSetup` that starts one server for a whole run. */
import { createEmulator, type EmulatorOptions } from './index.ts'

/** What the tests of a run must know of its server. */
export interface ProvidedServer {
  readonly url: string
  readonly env: Record<string, string>
  readonly control_token: string | undefined
}

declare module 'vitest' {
  interface ProvidedContext {
    mockflared: ProvidedServer | undefined
  }
}

/** The part of a project of vitest that a globalSetup needs. */
export interface Project {
  readonly provide: (key: 'mockflared', server: ProvidedServer) => void
}

/** The default export of a globalSetup file of yours, for a server that is set up so. It closes after the run. */
export const serve =
  (options: EmulatorOptions = {}) =>
  async (project: Project): Promise<() => Promise<void>> => {
    const { url, env, close } = await createEmulator({ port: 0, ...options })
    project.provide('mockflared', { url, env, control_token: options.control_token })
    return close
  }

export default serve()
