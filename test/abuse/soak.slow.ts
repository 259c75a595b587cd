/** The soak test must find a server that leaks, and pass one that does not. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { execPath } from 'node:process'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { temporaryFile } from '../support/temporary.ts'

async function soak(...args: readonly string[]) {
  const picture = temporaryFile('soak.svg')
  const command = ['bench/soak.ts', '--calls', '6000', '--out', dirname(picture), ...args]
  const child = spawn(execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { code, output, hasPicture: existsSync(picture) }
}

describe('a short soak', () => {
  it('fails if the server leaks 8 kB per request', async () => {
    expect(await soak('--leak', '8192')).toEqual({ code: 1, output: expect.stringContaining('LEAK'), hasPicture: true })
  })

  it('passes without a leak, and prints the smallest leak that it would find', async () => {
    expect(await soak()).toEqual({
      code: 0,
      output: expect.stringMatching(/a leak of \d+ bytes a call/),
      hasPicture: true,
    })
  })
})
