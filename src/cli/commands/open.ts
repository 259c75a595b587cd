import type { Command } from 'commander'
import type { OptionName } from '../../config/options.ts'
import { CONSOLE_PATH } from '../../config/paths.ts'
import { setOutputAction } from '../action.ts'
import type { CliHost } from '../host.ts'
import { readSettings } from '../option-flags.ts'
import { PROBE_TIMEOUT_MS } from '../probe.ts'
import { addServerFlags, addWorldFlag, explainFailure, givenUrl, type ServerFlags, urlFrom } from '../remote.ts'

const SERVER_OPTIONS: readonly OptionName[] = ['host', 'port', 'control_port']

export function addOpen(program: Command, host: CliHost): void {
  const open = program.command('open').description('Open the console of a server in your browser, or print its URL')
  addServerFlags(open, SERVER_OPTIONS)
  addWorldFlag(open)
  setOutputAction<ServerFlags>(open, host, async ({ flags }) => {
    const settings = await readSettings(open, host)
    const url = givenUrl(flags, settings, host) ?? urlFrom(settings, 'control')
    const world = flags.world === undefined ? '' : `/w/${encodeURIComponent(flags.world)}`
    const page = `${url}${world}${CONSOLE_PATH}`
    await requireConsole(url, page)
    const opened = await host.openUrl(page)
    return { text: opened ? `opened ${page}` : page, json: { url: page, opened } }
  })
}

/** Rejects with what the server says about a console that it does not show. */
function requireConsole(url: string, page: string): Promise<void> {
  return explainFailure(url, async () => {
    const response = await fetch(page, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })
    if (response.ok) return

    const isSentence = response.headers.get('content-type')?.startsWith('text/plain')
    const sentence = isSentence ? await response.text() : 'is it mockflared, with its control plane on this port?'
    throw new Error(`${url} answered ${response.status}: ${sentence.trim()}`)
  })
}
