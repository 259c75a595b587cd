/**
 * Cloudflare's SDK for Go, pinned in go/go.mod. Compiling takes most of the time, once per version.
 */
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disposableFolder, run } from '../support/clients/child.ts'
import { expectTwelveOperations } from '../support/clients/programs.ts'

const SOURCE = resolve('test/clients/go')
const COMPILE_MS = 15 * 60_000

const folder = disposableFolder()
const program = join(folder.path, 'tunnels')

function go(...args: readonly string[]) {
  return run('go', args, { cwd: SOURCE, env: { GOTOOLCHAIN: 'local' } })
}

/** The reason to skip the suite; empty if it can run. */
async function reasonToSkip(): Promise<string> {
  if ((await go('version')).code !== 0) return 'there is no go'
  return (await go('mod', 'download')).code === 0 ? '' : 'its packages cannot be had'
}

const skipReason = await reasonToSkip()

afterAll(() => folder[Symbol.dispose]())

describe.skipIf(skipReason)(`${skipReason && `SKIPPED: ${skipReason}: `}the SDK for Go`, () => {
  // Without optimization, it compiles faster.
  beforeAll(async () => {
    const { code, output } = await go('build', '-gcflags=all=-N -l', '-o', program, '.')
    expect({ code, output }).toEqual({ code: 0, output: '' })
  }, COMPILE_MS)

  it('calls the twelve operations', () => expectTwelveOperations(program, []))
})
