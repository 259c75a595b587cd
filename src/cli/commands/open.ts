import type { Command } from 'commander'
import type { CliHost } from '../host.ts'
import { probe, setProbeAction } from '../probe.ts'

export function addOpen(program: Command, host: CliHost): void {
  const open = program.command('open').description('Open the web page of a server in your browser')
  setProbeAction(open, host, async url => {
    await probe(url, '/healthz')
    const page = `${url}/`
    const opened = await host.openUrl(page)
    return { text: opened ? `opened ${page}` : page, json: { url: page, opened } }
  })
}
