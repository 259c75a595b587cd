/**
 * Makes `release/mockflared`, one file that needs no Node and no packages: Node itself, the command
 * as one script, and the files that it reads. `npm run build` comes first.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { arch, execPath, platform } from 'node:process'
import { inject } from 'postject'
import { type Plugin, rolldown } from 'rolldown'
import { packageNotices } from '../notices.ts'
import { assets } from './assets.ts'

/** Node's names for its own mark and for the resource (Node's documentation, single-executable-applications). */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'
const RESOURCE = 'NODE_SEA_BLOB'

const FOLDER = 'release'
const TARGET = join(FOLDER, 'mockflared')

const { resolve: find } = createRequire(import.meta.url)
const SQLITE = find('better-sqlite3/package.json').replace('package.json', '')

/** Modules that look for files next to themselves, and what takes their place. */
const REPLACED = new Map([
  [resolve('src/config/runtime-files.ts'), resolve('scripts/executable/runtime-files.ts')],
  [`${SQLITE}lib/binding.js`, resolve('scripts/executable/sqlite-binding.ts')],
])

const replacing: Plugin = {
  name: 'replace-modules',
  async resolveId(source, importer) {
    const found = await this.resolve(source, importer, { skipSelf: true })
    return found && { ...found, id: REPLACED.get(found.id) ?? found.id }
  },
}

/** Returns the modules that went in. */
async function bundle(file: string): Promise<string[]> {
  await using build = await rolldown({
    input: 'src/cli.ts',
    platform: 'node',
    tsconfig: 'tsconfig.build.json',
    // Fastify requires them where no compilers are named; ours always are (src/http/compilers.ts).
    external: ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler'],
    plugins: [replacing],
  })
  const { output } = await build.write({ file, format: 'cjs', codeSplitting: false, keepNames: true })
  const modules = output.flatMap(chunk => (chunk.type === 'chunk' ? chunk.moduleIds : []))
  for (const [original, replacement] of REPLACED) {
    if (modules.includes(original) || !modules.includes(replacement)) throw new Error(`${original} is in the bundle`)
  }
  return modules
}

const work = mkdtempSync(join(tmpdir(), 'mockflared-executable-'))
try {
  const [main, config, output] = ['main.cjs', 'sea.json', 'sea.blob'].map(name => join(work, name)) as [
    string,
    string,
    string,
  ]
  const modules = await bundle(main)
  const settings = {
    main,
    output,
    disableExperimentalSEAWarning: true,
    useCodeCache: true,
    assets: assets(`${SQLITE}prebuilds/${platform}-${arch}.node`),
  }
  writeFileSync(config, JSON.stringify(settings))
  execFileSync(execPath, ['--experimental-sea-config', config], { stdio: ['ignore', 'ignore', 'inherit'] })
  mkdirSync(FOLDER, { recursive: true })
  copyFileSync(execPath, TARGET)
  await inject(TARGET, RESOURCE, readFileSync(output), { sentinelFuse: FUSE })
  // The package installs SQLite, for example, so its own notices leave that out.
  const known = readFileSync('dist/THIRD-PARTY.txt', 'utf8')
  const more = packageNotices(modules).filter(notice => !known.includes(notice))
  writeFileSync(join(FOLDER, 'THIRD-PARTY.txt'), [known, ...more].join('\n---\n\n'))
} finally {
  rmSync(work, { recursive: true })
}
