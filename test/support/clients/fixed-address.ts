/**
 * Programs with a fixed https://api.cloudflare.com. Each runs in a mount namespace of its own, in
 * which /etc/hosts gives that name an address of this machine. The machine keeps its /etc/hosts.
 */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { getuid, pid } from 'node:process'
import { onTestFinished } from 'vitest'
import { createEmulator } from '../../../src/emulator/emulator.ts'
import { temporaryFolder } from '../temporary.ts'
import { type Outcome, run } from './child.ts'
import { expectNothingLeft, inventory } from './world.ts'

/** Such programs take no other port, so the address is one that other processes do not use. */
const ADDRESS = `127.1.${(pid >> 8) & 255}.${pid & 255}`
const PORT = 443

/** Only root may mount, so everybody else becomes root of a user namespace. */
const NAMESPACE = getuid?.() === 0 ? ['--mount'] : ['--mount', '--map-root-user']

/** The reason to skip such programs; empty if they can run. */
export async function reasonAgainstFixedAddress(): Promise<string> {
  if ((await run('unshare', [...NAMESPACE, 'mount', '--bind', '/etc/hosts', '/etc/hosts'])).code !== 0)
    return 'it may not have an /etc/hosts of its own'

  const server = createServer().listen(PORT, ADDRESS)
  const reason = await once(server, 'listening').then(
    () => '',
    ({ code }) => `no server may listen on port ${PORT} (${code})`,
  )
  server.close()
  return reason
}

/** Starts a server at the fixed address, and returns a function that runs a program with it. */
export async function startAtFixedAddress() {
  const tls = { tls: true, tls_port: PORT, tls_dir: temporaryFolder() }
  const emulator = await createEmulator({ host: ADDRESS, port: 0, ...tls })
  onTestFinished(() => emulator.close())
  const before = await inventory(emulator.control)
  const hosts = join(temporaryFolder({ hosts: `127.0.0.1 localhost\n${ADDRESS} api.cloudflare.com\n` }), 'hosts')
  const env = { ...emulator.env, HOME: temporaryFolder() }
  const script = 'mount --bind "$0" /etc/hosts && exec "$@"'

  return {
    run: (program: string, args: readonly string[]): Promise<Outcome> =>
      run('unshare', [...NAMESPACE, 'sh', '-c', script, hosts, program, ...args], { env }),
    expectNothingLeft: () => expectNothingLeft(emulator.control, before),
  }
}
