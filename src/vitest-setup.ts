/** `mockflared/vitest/setup`: a `globalSetup` that starts one server for a whole run. */
import type { Evidence } from '../schemas/evidence.ts'
import { asUnsureAs } from './evidence/report.ts'
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

export interface ServeOptions extends EmulatorOptions {
  /** The run fails when an answer leaned on a behaviour as unsure as this, or more. */
  readonly fail_on?: Exclude<Evidence, 'recorded'>
}

/** The part of a project of vitest that a globalSetup needs. */
export interface Project {
  readonly provide: (key: 'mockflared', server: ProvidedServer) => void
  readonly vitest?: { readonly logger: { readonly log: (line: string) => void } }
}

/**
 * The default export of a globalSetup file of yours, for a server that is set up so. After the run it says on what the answers
 * leaned, and closes.
 */
export function serve({ fail_on, ...options }: ServeOptions = {}) {
  return async (project: Project): Promise<() => Promise<void>> => {
    const { url, env, control, close } = await createEmulator({ port: 0, ...options })
    project.provide('mockflared', { url, env, control_token: options.control_token })
    return async () => {
      const report = await control.getReport()
      await close()
      project.vitest?.logger.log(`mockflared: ${report.summary}`)

      const doubtful = fail_on === undefined ? [] : asUnsureAs(fail_on, report)
      if (doubtful.length > 0)
        throw new Error(`mockflared: fail_on ${fail_on}: ${doubtful.map(({ id }) => id).join(', ')}`)
    }
  }
}

export default serve()
