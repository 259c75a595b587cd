/** Checks the types of the TypeScript examples of README and docs, as a strict project does. */
import { execFile } from 'node:child_process'
import { globSync, readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { execPath } from 'node:process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporary.ts'

const run = promisify(execFile)

/** The compiler is a process, and it reads all sources. */
const RUN_MS = 60_000

/** A project that has the package installed; here its sources stand for it. */
const TSCONFIG = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: 'es2023',
    lib: ['es2024', 'esnext.array', 'esnext.disposable'],
    module: 'nodenext',
    types: ['node'],
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    paths: {
      mockflared: [resolve('src/index.ts')],
      'mockflared/vitest/setup': [resolve('src/vitest-setup.ts')],
      'mockflared/*': [resolve('src/*.ts')],
    },
  },
}

/**
 * The examples, by the name of a file. Those of CommonJS need the types of Jest, and ts-jest checks
 * them where it runs them.
 */
function examples(): [file: string, code: string][] {
  return ['README.md', ...globSync('docs/*.md')].flatMap(page =>
    [...readFileSync(page, 'utf8').matchAll(/^```ts(?: title="([^"]+)")?\n(.*?)^```/gms)]
      .filter(([, title = '']) => !title.startsWith('commonjs/'))
      .map(([, , code = ''], index) => [`${page.replace(/\W/g, '-')}-${index}.ts`, code]),
  )
}

it(
  'the examples of README and docs have types in a strict project',
  async () => {
    const files = examples()
    const folder = temporaryFolder({
      'package.json': { type: 'module' },
      'tsconfig.json': TSCONFIG,
      ...Object.fromEntries(files),
    })
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
    const complaints = await run(execPath, ['node_modules/typescript/bin/tsc', '--project', folder]).then(
      () => '',
      ({ stdout }) => stdout,
    )

    expect(files.length).toBeGreaterThan(15)
    expect(complaints).toBe('')
  },
  RUN_MS,
)
