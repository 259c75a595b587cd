/** The published types must work in a project that has none of the server's packages. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const COMPILER = resolve('node_modules/.bin/tsc')

/** The complaints of the compiler. */
function compile(cwd: string, ...args: string[]): string {
  return spawnSync(COMPILER, args, { cwd, encoding: 'utf8' }).stdout
}

const DECLARATIONS = ['--noEmit', 'false', '--emitDeclarationOnly', '--rootDir', '.']

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mockflared-types-'))
  compile('.', '-p', 'tsconfig.build.json', ...DECLARATIONS, '--outDir', folder)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

const IMPORTED = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g

/** What the declarations of an entry import, directly or through other files. */
function reachedFrom(entry: string): { readonly files: readonly string[]; readonly packages: readonly string[] } {
  const files = new Set<string>()
  const packages = new Set<string>()
  const visit = (file: string): void => {
    if (files.has(file)) return
    files.add(file)
    const code = readFileSync(join(folder, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')
    for (const [, specifier = ''] of code.matchAll(IMPORTED)) {
      if (!specifier.startsWith('.')) packages.add(specifier)
      else visit(relative(folder, resolve(folder, file, '..', specifier.replace(/\.[jt]s$/, '.d.ts'))))
    }
  }
  visit(`src/${entry}.d.ts`)
  return {
    files: [...files].filter(file => !file.startsWith('schemas/')).toSorted(),
    packages: [...packages].toSorted(),
  }
}

/** The interfaces of the library outside `schemas/`. */
const INTERFACES = ['src/config/library-options.d.ts', 'src/emulator/inject-types.d.ts', 'src/emulator/types.d.ts']

/** Types of Node that the interfaces name. */
const NODE = ['node:http', 'node:stream']

describe('public types', () => {
  it.each([
    { entry: 'client', files: [], packages: [] },
    {
      entry: 'index',
      files: [...INTERFACES, 'src/config/require-node.d.ts'],
      packages: NODE,
    },
    { entry: 'vitest', files: INTERFACES, packages: ['cloudflare', ...NODE, 'vitest'] },
    { entry: 'vitest-setup', files: INTERFACES, packages: NODE },
    { entry: 'testcontainers', files: [], packages: ['testcontainers'] },
  ])('of $entry reach only schemas and small interfaces', ({ entry, files, packages }) => {
    expect(reachedFrom(entry)).toEqual({
      files: [`src/${entry}.d.ts`, ...files].toSorted(),
      packages: ['@sinclair/typebox', ...packages].toSorted(),
    })
  })

  it('of the client check strictly, libraries included, where only TypeBox is installed', () => {
    mkdirSync(join(folder, 'node_modules', '@sinclair'), { recursive: true })
    symlinkSync(resolve('node_modules/@sinclair/typebox'), join(folder, 'node_modules', '@sinclair', 'typebox'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(
      join(folder, 'consumer.ts'),
      `import { type Control, ControlError, createControlClient } from './src/client.js'
      const control: Control = createControlClient({ url: '' })
      const { frozen }: { frozen: boolean } = await control.getClock()
      const { code }: { code: string } = new ControlError('refused', String(frozen))
      // @ts-expect-error: a connector needs a tunnel
      await control.connectConnector({ version: code })`,
    )
    const options = ['--strict', '--skipLibCheck', 'false', '--types', '', '--lib', 'es2024,dom']

    expect(compile(folder, '--noEmit', '--module', 'nodenext', ...options, 'consumer.ts')).toBe('')
  })
})
