/** That the soak can fail: a server that leaks is found out, and one that does not is not. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { execPath } from 'node:process'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { temporary } from '../support/command.ts'

async function soak(...args: readonly string[]) {
  const picture = temporary('soak.svg')
  const command = ['bench/soak.ts', '--calls', '6000', '--out', dirname(picture), ...args]
  const child = spawn(execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { code, said, drawn: existsSync(picture) }
}

describe('a short soak', () => {
  it('fails when the server keeps 8 kB of each request', async () => {
    expect(await soak('--leak', '8192')).toEqual({ code: 1, said: expect.stringContaining('LEAK'), drawn: true })
  })

  it('passes when it does not, and says how small a leak it would have seen', async () => {
    expect(await soak()).toEqual({ code: 0, said: expect.stringMatching(/a leak of \d+ bytes a call/), drawn: true })
  })
})
