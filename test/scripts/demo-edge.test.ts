/** `npm run demo:edge`, with the cloudflared in CLOUDFLARED_BIN or a program that stands for it. */
import { join } from 'node:path'
import { env, execPath } from 'node:process'
import { expect, it, onTestFinished } from 'vitest'
import { startProgram } from '../support/edge/process.ts'
import { commandFolder } from '../support/page-blocks.ts'

const RUN_MS = 60_000

const PORTS = { MOCKFLARED_PORT: '0', MOCKFLARED_EDGE_PORT: '0', MOCKFLARED_GATEWAY_PORT: '0' }

function startDemo(environment: NodeJS.ProcessEnv) {
  const demo = startProgram(execPath, ['scripts/demo-edge.ts'], { PATH: env.PATH, ...PORTS, ...environment }, '.')
  onTestFinished(() => demo.close())
  return demo
}

it(
  'demo:edge sends a request through a cloudflared, and stops it on SIGTERM',
  async () => {
    const demo = startDemo({ CLOUDFLARED_BIN: join(commandFolder(), 'cloudflared') })
    await demo.printed(/Stop with Ctrl-C/, RUN_MS)

    expect(demo.output()).toMatch(/^export TUNNEL_TOKEN=ey\w+=*$/m)
    expect(demo.output()).toMatch(/^200 hello from the origin$/m)
    expect(demo.output()).toMatch(/^shop is healthy, with cloudflared 20\d\d\.\d+\.\d+$/m)

    demo.signal('SIGTERM')
    expect(await demo.exited()).toBe(0)
    expect(demo.output()).toContain('cloudflared exited')
  },
  RUN_MS,
)

it('demo:edge without a cloudflared prints the lines to paste, and waits', async () => {
  const demo = startDemo({ CLOUDFLARED_BIN: '/nonexistent/cloudflared' })
  await demo.printed(/There is no cloudflared on the PATH.*Stop with Ctrl-C/s, RUN_MS)

  expect(demo.hasEnded()).toBe(false)
  expect(demo.output()).toMatch(/^console +http:\S+\/_mockflared\/console\/$/m)
  expect(demo.output()).toMatch(/^cloudflared tunnel run$/m)
})

it('demo:edge says in one line that a port is taken', async () => {
  const other = startDemo({ CLOUDFLARED_BIN: '/nonexistent/cloudflared' })
  const [, port = ''] = await other.printed(/^API +http:\/\/127\.0\.0\.1:(\d+)$/m, RUN_MS)
  const demo = startDemo({ MOCKFLARED_PORT: port })

  expect(await demo.exited()).toBe(1)
  expect(demo.output()).toBe(`demo:edge: port ${port} of 127.0.0.1 is taken\n`)
})
