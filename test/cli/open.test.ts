import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openUrl } from '../../src/cli/open-url.ts'
import { run, startServer, temporaryFolder } from '../support/run-command.ts'

describe('open', () => {
  it('opens the page of a running server', async () => {
    const { url } = await startServer()
    const opened: string[] = []
    const { stdout } = await run(['open', '--url', url], {
      openUrl: async page => {
        opened.push(page)
        return true
      },
    })

    expect(opened).toEqual([`${url}/`])
    expect(stdout).toBe(`opened ${url}/`)
  })

  it('prints the URL where there is no browser', async () => {
    const { url } = await startServer()

    expect(await run(['open', '--url', url])).toEqual({ code: 0, stdout: `${url}/`, stderr: '' })
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
