import type { Command } from 'commander'
import type { CliHost } from '../host.ts'
import { probe, setProbeAction } from '../probe.ts'

export function addHealth(program: Command, host: CliHost): void {
  const health = program.command('health').description('Tell whether a server is well, for a HEALTHCHECK')
  setProbeAction(health, host, async url => {
    await probe(url, '/healthz')
    return { text: `${url} is well`, json: { url, healthy: true } }
  })
}
