/** Cloudflare's SDK for Go, as pinned in go/go.mod. Most of its time goes into compiling, once for each version. */
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { folder, run } from '../support/clients/child.ts'
import { expectTwelveOperations } from '../support/clients/programs.ts'

const SOURCE = resolve('test/clients/go')
const COMPILE_MS = 15 * 60_000

const output = folder()
const program = join(output.path, 'tunnels')

function go(...args: readonly string[]) {
  return run('go', args, { cwd: SOURCE, env: { GOTOOLCHAIN: 'local' } })
}

/** Why it cannot be run here; empty when it can. */
async function missing(): Promise<string> {
  if ((await go('version')).code !== 0) return 'there is no go'
  return (await go('mod', 'download')).code === 0 ? '' : 'its packages cannot be had'
}

const why = await missing()

afterAll(() => output[Symbol.dispose]())

describe.skipIf(why)(`${why && `SKIPPED: ${why}: `}the SDK for Go`, () => {
  // What need not be fast is compiled faster.
  beforeAll(async () => {
    const { code, said } = await go('build', '-gcflags=all=-N -l', '-o', program, '.')
    expect({ code, said }).toEqual({ code: 0, said: '' })
  }, COMPILE_MS)

  it('goes through the twelve operations', () => expectTwelveOperations(program, []))
})
