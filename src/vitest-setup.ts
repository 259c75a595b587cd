/** `mockflared/vitest/setup`: a `globalSetup` that starts one server for the whole run. */
import type { Evidence } from '../schemas/evidence.ts'
import type { EmulatorOptions } from './emulator/types.ts'
import { atLeastAsUncertainAs } from './evidence/report.ts'
import { createEmulator } from './index.ts'

/** What the tests of a run need to know about its server. */
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

export interface ServeOptions extends EmulatorOptions {
  /** The run fails when it used a behaviour with this evidence, or with weaker evidence. */
  readonly fail_on?: Exclude<Evidence, 'recorded'>
}

/** The part of vitest's project that a globalSetup needs. */
export interface Project {
  readonly provide: (key: 'mockflared', server: ProvidedServer) => void
  readonly vitest?: { readonly logger: { readonly log: (line: string) => void } }
}

/**
 * Returns a globalSetup for a server with these options. After the run it logs which behaviours the
 * tests used, and closes the server.
 */
export function serve({ fail_on, ...options }: ServeOptions = {}) {
  return async (project: Project): Promise<() => Promise<void>> => {
    const { url, env, control, close } = await createEmulator({ port: 0, ...options })
    project.provide('mockflared', { url, env, control_token: options.control_token })
    return async () => {
      const report = await control.getReport()
      await close()
      project.vitest?.logger.log(`mockflared: ${report.summary}`)

      const doubtful = fail_on === undefined ? [] : atLeastAsUncertainAs(fail_on, report)
      if (doubtful.length > 0)
        throw new Error(`mockflared: fail_on ${fail_on}: ${doubtful.map(({ id }) => id).join(', ')}`)
    }
  }
}

export default serve()
