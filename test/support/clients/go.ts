/** Programs in Go, compiled for the tests of one file. */
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { disposableFolder, run } from './child.ts'

const COMPILE_MS = 15 * 60_000

interface GoProgram {
  /** Empty if the program can be compiled. */
  readonly skipReason: string
  readonly program: string
  /** Compiles the program before the tests of the suite. */
  readonly compile: () => void
}

export async function goProgram(source: string): Promise<GoProgram> {
  const folder = disposableFolder()
  afterAll(() => folder[Symbol.dispose]())
  const program = join(folder.path, 'program')
  const go = (...args: readonly string[]) => run('go', args, { cwd: resolve(source), env: { GOTOOLCHAIN: 'local' } })

  const compile = () =>
    beforeAll(async () => {
      // Without optimization, it compiles faster.
      const { code, output } = await go('build', '-gcflags=all=-N -l', '-o', program, '.')
      expect({ code, output }).toEqual({ code: 0, output: '' })
    }, COMPILE_MS)

  return { skipReason: await reasonToSkip(go), program, compile }
}

/** `list -deps` loads what the program imports, `mod download` would load what that is tested with. */
async function reasonToSkip(go: (...args: readonly string[]) => ReturnType<typeof run>): Promise<string> {
  if ((await go('version')).code !== 0) return 'there is no go'
  const { code, output } = await go('list', '-deps', '.')
  if (code === 0) return ''
  return /requires go >= \S+/.exec(output)?.[0] ?? 'its packages cannot be had'
}
