import { execFile } from 'node:child_process'
import { execPath } from 'node:process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { VERSION } from '../../src/config/version.ts'

const run = promisify(execFile)

describe('the command in a clone', () => {
  it('runs the sources', async () => {
    expect((await run(execPath, ['bin/mockflared.js', '--version'])).stdout).toBe(`${VERSION}\n`)
  })

  it('names the way to start it on a Node that reads no TypeScript', async () => {
    await expect(run(execPath, ['--no-experimental-strip-types', 'bin/mockflared.js'])).rejects.toMatchObject({
      code: 1,
      stderr: 'mockflared: in a clone, start it with npx mockflared, which uses the Node of npm ci\n',
    })
  })
})
