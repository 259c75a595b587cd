/**
 * Follows docs/edge.md in four terminals, as a reader does. Where CLOUDFLARED_BIN is not set, a
 * program stands for cloudflared.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { env } from 'node:process'
import { expect, it, onTestFinished } from 'vitest'
import { createControlClient } from '../../src/client.ts'
import { freePort } from '../support/edge/process.ts'
import { blocks, commandFolder, runShell, strict } from '../support/page-blocks.ts'

/** The real one takes four seconds for its connections, and each command is a process. */
const RUN_MS = 60_000

/** The folder, the variables and the ports of the reader. */
async function startReader() {
  const [port, edge, gateway, origin] = await Promise.all([freePort(), freePort(), freePort(), freePort()])
  const page = readFileSync('docs/edge.md', 'utf8')
    .replaceAll('7844', String(edge))
    .replaceAll('8080', String(gateway))
    .replaceAll('3000', String(origin))
  const folder = commandFolder()
  const environment = { ...env, MOCKFLARED_PORT: String(port), PATH: `${folder}:${env.PATH}` }

  return {
    terminals: (name: string) => blocks(page, `sh ${name}`),
    run: (code: string) => runShell(code, environment, folder),
    control: createControlClient({ url: `http://127.0.0.1:${port}` }),

    /** Runs until the test is over. */
    open: ([code = '']: readonly string[]): void => {
      const shell = spawn('bash', strict(code), { cwd: folder, env: environment, stdio: 'ignore', detached: true })
      onTestFinished(async () => {
        if (shell.pid !== undefined && shell.exitCode === null) process.kill(-shell.pid)
        if (shell.exitCode === null && shell.signalCode === null) await once(shell, 'exit')
      })
    },
  }
}

it(
  'docs/edge.md leads from nothing to a request through a tunnel',
  async () => {
    const { open, terminals, run, control } = await startReader()
    open(terminals('server'))
    open(terminals('origin'))
    await run('mockflared wait --timeout 30s')
    open(terminals('cloudflared'))
    await expect.poll(() => control.listTunnels(), { timeout: RUN_MS }).toMatchObject([{ status: 'healthy' }])

    const [first = '', second = '', ...others] = terminals('visitor')
    expect(await run(first)).toMatchObject({ stdout: 'hello from the origin\n' })
    expect((await run(second)).stdout).toMatch(/^shop +healthy +1 +shop\.localhost +version 1 +2026/m)
    for (const code of others) await expect(run(code)).resolves.toBeDefined()
  },
  RUN_MS,
)
