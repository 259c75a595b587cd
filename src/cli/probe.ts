/** Commands that ask a server for its health, without the control plane. */
import type { Command } from 'commander'
import type { OptionName } from '../config/options.ts'
import { type Output, setOutputAction } from './action.ts'
import type { CliHost } from './host.ts'
import { readSettings } from './option-flags.ts'
import { addServerFlags, explainFailure, givenUrl, type ServerFlags, urlFrom } from './remote.ts'

/** A server that takes longer for one response does not answer. */
export const PROBE_TIMEOUT_MS = 5_000

/** What /healthz says. */
const HEALTHY = '{"status":"ok"}'

const SERVER_OPTIONS: readonly OptionName[] = ['host', 'port']

export function setProbeAction<Flags>(
  command: Command,
  host: CliHost,
  run: (url: string, flags: Flags) => Promise<Output>,
): void {
  addServerFlags(command, SERVER_OPTIONS)
  setOutputAction<Flags & ServerFlags>(command, host, async ({ flags }) => {
    const settings = await readSettings(command, host)
    return run(givenUrl(flags, settings, host) ?? urlFrom(settings), flags)
  })
}

/** Whether mockflared answers there. */
export async function isMockflared(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })
    return (await response.text()) === HEALTHY
  } catch {
    return false
  }
}

/** Rejects with the reason unless the server answers with a status of success. */
export function probe(url: string, path: '/healthz' | '/readyz', timeoutMs = PROBE_TIMEOUT_MS): Promise<void> {
  return explainFailure(url, async () => {
    const { ok, status } = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(Math.ceil(timeoutMs)) })
    if (!ok) throw new Error(`${url} answers ${status}`)
  })
}
