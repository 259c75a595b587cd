import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openUrl } from '../../src/cli/open-url.ts'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { startWithConsole as startServer } from '../support/console-files.ts'
import { run, temporaryFolder } from '../support/run-command.ts'

const ON_PORT = { listen: true, port: 0 }

async function startWithConsole(options: EmulatorOptions, files?: Record<string, string>) {
  return (await startServer(options, files)).emulator
}

describe('open', () => {
  it('opens the console of a running server', async () => {
    const { consoleURL } = await startWithConsole(ON_PORT)
    const opened: string[] = []
    const { stdout } = await run(['open', '--url', new URL(consoleURL).origin], {
      openUrl: async page => {
        opened.push(page)
        return true
      },
    })

    expect(opened).toEqual([consoleURL])
    expect(stdout).toBe(`opened ${consoleURL}`)
  })

  it('prints the URL where there is no browser', async () => {
    const { url, consoleURL } = await startWithConsole(ON_PORT)

    expect(await run(['open', '--url', url])).toEqual({ code: 0, stdout: consoleURL, stderr: '' })
    expect(JSON.parse((await run(['open', '--url', url, '--json'])).stdout)).toEqual({ url: consoleURL, opened: false })
  })

  it('finds the console of a world, and one on the port of the control plane, without the token', async () => {
    const { url, consoleURL } = await startWithConsole({ ...ON_PORT, control_port: 0, control_token: 'sesame' })
    const { port } = new URL(consoleURL)
    const args = ['open', '--port', new URL(url).port, '--control-port', port, '--world', 'job-4711']

    expect(await run(args)).toMatchObject({
      code: 0,
      stdout: `http://127.0.0.1:${port}/w/job-4711/_mockflared/console/`,
    })
  })

  it.each<[EmulatorOptions, string]>([
    [{ console: 'off' }, 'answered 404: The console is off: start the server with --console on.'],
    [{ control: 'off' }, 'answered 404: is it mockflared, with its control plane on this port?'],
    [{ control_port: 0 }, 'answered 404: is it mockflared, with its control plane on this port?'],
  ])('says what to set for a server with %j', async (options, problem) => {
    const { url } = await startWithConsole({ ...ON_PORT, ...options })

    expect(await run(['open', '--url', url])).toEqual({
      code: 1,
      stdout: '',
      stderr: `mockflared: ${url} ${problem}`,
    })
  })

  it('says how to build the console of a clone', async () => {
    const { url } = await startWithConsole(ON_PORT, {})

    expect((await run(['open', '--url', url])).stderr).toContain('run npm run build:console.')
  })

  it('fails when no server answers', async () => {
    expect(await run(['open', '--url', 'http://127.0.0.1:1'])).toMatchObject({ code: 1, stdout: '' })
  })
})

/** Replaces PATH for the test. */
function setPath(path: string): void {
  const before = env.PATH
  env.PATH = path
  onTestFinished(() => {
    env.PATH = before
  })
}

describe('openUrl', () => {
  it.each([
    ['linux', 'xdg-open', 'http://x/\n'],
    ['darwin', 'open', 'http://x/\n'],
    ['win32', 'cmd', '/c\nstart\n""\nhttp://x/\n'],
  ] as const)('calls the program of %s', async (platform, program, args) => {
    const folder = temporaryFolder({ [program]: '#!/bin/sh\nprintf "%s\\n" "$@" > "$0.args"\n' })
    chmodSync(join(folder, program), 0o755)
    setPath(folder)

    expect(await openUrl('http://x/', platform)).toBe(true)
    expect(readFileSync(join(folder, `${program}.args`), 'utf8')).toBe(args)
  })

  it('resolves with false if the program is missing or fails', async () => {
    const folder = temporaryFolder({ open: '#!/bin/sh\nexit 3\n' })
    chmodSync(join(folder, 'open'), 0o755)
    setPath(folder)

    expect(await openUrl('http://x/', 'linux')).toBe(false)
    expect(await openUrl('http://x/', 'darwin')).toBe(false)
  })
})
