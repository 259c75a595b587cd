import type { Command } from 'commander'
import type { CliHost } from '../host.ts'
import { probe, setProbeAction } from '../probe.ts'

export function addHealth(program: Command, host: CliHost): void {
  const health = program.command('health').description('Check whether a server is healthy, such as in a HEALTHCHECK')
  setProbeAction(health, host, async url => {
    await probe(url, '/healthz')
    return { text: `${url} is healthy`, json: { url, healthy: true } }
  })
}
