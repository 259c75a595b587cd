/** A server without an edge: it loads no file of it. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { execPath } from 'node:process'
import { describe, expect } from 'vitest'
import { check } from '../support/edge/check.ts'
import { startProgram } from '../support/edge/process.ts'
import type { Stage } from '../support/edge/stage.ts'

const TRACE = resolve('test/support/loaded-files.ts')
const COMMAND = resolve('src/cli.ts')

/** The source files that a server has loaded after its first answer. */
async function filesLoaded(stage: Stage, name: string, ...args: readonly string[]): Promise<readonly string[]> {
  const list = join(stage.folder, name)
  const program = stage.use(
    startProgram(
      execPath,
      ['--import', TRACE, COMMAND, '--port', '0', ...args],
      { HOME: stage.folder, LOADED_FILES: list },
      stage.folder,
    ),
  )
  const [, url = ''] = await program.printed(/CLOUDFLARE_BASE_URL=(\S+)/, 20_000)
  await fetch(`${url}/accounts`, { headers: { authorization: 'Bearer token' } })
  return readFileSync(list, 'utf8').split('\n')
}

describe('edge off', () => {
  check('25a loads no file of the edge', async ({ stage, saw }) => {
    const off = await filesLoaded(stage, 'off')
    const on = await filesLoaded(stage, 'on', '--edge-port', '0')
    const ofEdge = (files: readonly string[]) => files.filter(file => file.includes('/src/edge/'))
    expect(ofEdge(on).length).toBeGreaterThan(5)
    expect(ofEdge(off)).toEqual([])
    saw(`${off.length} files, 0 of src/edge; with the edge on ${ofEdge(on).length} of it`)
  })
})
