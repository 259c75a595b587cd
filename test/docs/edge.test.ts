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
const RUN_MS = 90_000

/** Those of the API, the edge, the gateway, the origin and `access tcp`. */
const PORTS = ['8844', '7844', '8080', '3000', '15432']

/** The folder and the variables of the reader, with ports that are free. */
async function startReader() {
  const ports = await Promise.all(PORTS.map(async documented => [documented, await freePort()] as const))
  const free = new Map<string, number>(ports)
  const page = readFileSync('docs/edge.md', 'utf8').replaceAll(/\b\d{4,5}\b/g, port => String(free.get(port) ?? port))
  const port = free.get('8844')
  const folder = commandFolder()
  const environment = { ...env, MOCKFLARED_PORT: String(port), PATH: `${folder}:${env.PATH}`, TMPDIR: folder }

  return {
    /** The only block with this name. */
    block: (name: string) => blocks(page, `sh ${name}`)[0],
    visits: blocks(page, 'sh visitor'),
    run: (code: string) => runShell(code, environment, folder),
    control: createControlClient({ url: `http://127.0.0.1:${port}` }),

    /** Runs until the test is over. Returns what it has printed. */
    open: (code = ''): (() => string) => {
      const shell = spawn('bash', strict(code), { cwd: folder, env: environment, detached: true })
      let output = ''
      for (const stream of [shell.stdout, shell.stderr]) stream.on('data', chunk => (output += chunk))
      onTestFinished(async () => {
        if (shell.exitCode !== null || shell.signalCode !== null) return
        // The shell and its programs; cloudflared would first wait for open streams.
        if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGKILL')
        await once(shell, 'exit')
      })
      return () => output
    },
  }
}

/** A reader who has come to the end of the guide's third step. */
async function startTunnel() {
  const reader = await startReader()
  const { open, block, run, control } = reader
  open(block('server'))
  open(block('origin'))
  await run('mockflared wait --timeout 30s')
  open(block('cloudflared'))
  // Until it has its configuration, cloudflared answers visitors with 503.
  const ready = { tunnels: [{ status: 'healthy', connectors: [{ config_version: 1 }] }] }
  const healthy = () => expect.poll(() => control.getOverview(), { timeout: RUN_MS }).toMatchObject(ready)
  await healthy()
  return { ...reader, healthy }
}

it(
  'docs/edge.md leads from nothing to a request through a tunnel',
  async () => {
    const { visits, run, healthy } = await startTunnel()
    const [first = '', second = '', ...others] = visits

    expect(await run(first)).toMatchObject({ stdout: 'hello from the origin\n' })
    expect((await run(second)).stdout).toMatch(/^shop +healthy +1 +shop\.localhost +version 1 +2026/m)
    for (const code of others) {
      await expect(run(code)).resolves.toBeDefined()
      // Some cut the connections, and the real one takes seconds to reconnect.
      await healthy()
    }
  },
  RUN_MS,
)

it.runIf(env.CLOUDFLARED_BIN)(
  'docs/edge.md has commands of cloudflared that work',
  async () => {
    const { open, block, visits } = await startTunnel()
    const [tail, access, quick] = ['tail', 'access', 'quick'].map(name => open(block(name)))
    const visiting = open(`while true; do ${visits[0]?.trim()}; sleep 1; done`)

    await expect.poll(tail ?? String, { timeout: RUN_MS }).toContain('"originService"')
    await expect.poll(access ?? String, { timeout: RUN_MS }).toContain('Start Websocket listener')
    await expect.poll(quick ?? String, { timeout: RUN_MS }).toMatch(/https:\/\/\S+\.trycloudflare\.com/)
    expect(visiting()).toContain('hello from the origin')
  },
  RUN_MS,
)
