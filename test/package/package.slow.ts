/** The package as it would be published: what is in it, and that a stranger's empty project can use every entry of it. */
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { VERSION } from '../../src/config/version.ts'
import { emptyProject, type Packed, pack, pinned } from '../support/empty-project.ts'

const project = emptyProject()
let packed: Packed

beforeAll(async () => {
  packed = await pack(project.folder)
})

afterAll(() => rmSync(project.folder, { recursive: true }))

function tarball(): Buffer<ArrayBuffer> {
  return readFileSync(join(project.folder, packed.filename))
}

describe('the tarball', () => {
  it('holds what is needed and nothing else', () => {
    const needed =
      /^(dist\/(src|schemas)\/.+\.(c?js|d\.ts)|dist\/src\/THIRD-PARTY\.txt|fixtures\/[\w.-]+\.json|package\.json|README\.md|LICENSE)$/
    const paths = packed.files.map(({ path }) => path)

    expect(paths.filter(path => !needed.test(path))).toEqual([])
    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'fixtures/demo.json', 'dist/src/cli.cjs']))
  })

  it('is small', () => {
    expect(packed.size).toBeLessThan(500_000)
  })

  it('is clean by publint', async () => {
    const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(tarball()).buffer }, strict: true })

    expect(messages.map(message => formatMessage(message, pkg))).toEqual([])
  })

  it('has types that are not wrong, for node16 and bundlers', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball())))
    if (!analysis.types) throw new Error('it has no types at all')

    // The package is ESM alone: older ways to resolve, and require() before Node 22.12, are left out.
    const ours = (problem: object) =>
      !('resolutionKind' in problem) || problem.resolutionKind === 'node16-esm' || problem.resolutionKind === 'bundler'
    expect(analysis.problems.filter(ours)).toEqual([])
    expect(Object.keys(analysis.entrypoints)).toEqual(
      expect.arrayContaining(['.', './client', './vitest', './vitest/setup', './testcontainers']),
    )
  })
})

const LIBRARY = `
import { createEmulator, type Emulator, type EmulatorOptions, Tunnel } from 'mockflared'
import { type Control, ControlError, createControlClient } from 'mockflared/client'

const options: EmulatorOptions = { port: 0, seed: 'demo' }
await using emulator: Emulator = await createEmulator(options)
const client: Control = createControlClient({ url: emulator.url })
const { world, version }: { world: string; version: string } = await client.getInfo()
const failure: unknown = await client.deleteWorld({ id: 'none' }).catch((error: unknown) => error)
const { status } = await emulator.fetch(emulator.baseURL + '/accounts')
console.log(world, version, failure instanceof ControlError && failure.code, status, typeof Tunnel)
`

/** What the types must refuse, or they would be any. */
const WRONG = `
import { createEmulator } from 'mockflared'
import { createControlClient } from 'mockflared/client'
// @ts-expect-error: there is no such option
await createEmulator({ seeds: [] })
// @ts-expect-error: a connector needs a tunnel
await createControlClient({ url: '' }).connectConnector({})
// @ts-expect-error: there is no such verb
createControlClient({ url: '' }).explode()
`

describe('in an empty project', () => {
  beforeAll(async () => {
    await project.install(`./${packed.filename}`, pinned('typescript'), pinned('@types/node'))
    project.write('library.ts', LIBRARY)
    project.write('wrong.ts', WRONG)
  })

  it.each([
    ['nodenext', ['--module', 'nodenext']],
    ['a bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']],
  ])('library and client have types for %s, all of which check', async (_what, options) => {
    expect(await project.check(['library.ts', 'wrong.ts'], [...options, '--lib', 'es2024,esnext.disposable'])).toBe('')
  })

  it('library and client run', async () => {
    expect(await project.node('library.ts')).toBe(`main ${VERSION} not_found 404 object\n`)
  })

  it('the command runs', async () => {
    expect(await project.bin('mockflared', '--version')).toBe(`${VERSION}\n`)
    expect(await project.bin('mockflared', '--help')).toContain('--control-token')
  })

  it('the command starts without a complaint, also from a configuration that is a module', async () => {
    project.write(
      'served.ts',
      'const port: number = await Promise.resolve(0)\nexport default { port, host: "localhost" }',
    )

    expect(await project.complaintsOf('mockflared', '--config', 'served.ts')).toBe('')
  })
})

describe('what V8 compiled for the command', () => {
  let folder: string
  const run = (variables: NodeJS.ProcessEnv = {}) =>
    project.binWith({ NODE_COMPILE_CACHE: folder, ...variables }, 'mockflared', '--version')
  /** When each was written, in nanoseconds, by its path. */
  const kept = () =>
    Object.fromEntries(
      globSync(`${folder}/**/*.cjs-*`).map(file => [file, statSync(file, { bigint: true }).mtimeNs] as const),
    )

  beforeEach(() => {
    folder = mkdtempSync(join(project.folder, 'compiled-'))
  })

  it('is kept for the next start, which takes it as it is', async () => {
    await run()
    const first = kept()
    await run()

    expect(Object.keys(first)).toContainEqual(expect.stringContaining('command-line-'))
    expect(kept()).toEqual(first)
  })

  it('is kept of no file that has the same name in the next version', async () => {
    project.write('importing.ts', 'import "mockflared"\nexport default {}')
    await project.binWith({ NODE_COMPILE_CACHE: folder }, 'mockflared', '--config', 'importing.ts', '--print-config')

    expect(Object.keys(kept()).length).toBeGreaterThan(0)
    expect(Object.keys(kept()).filter(file => !/-[\w-]{8}\.cjs-server$/.test(file))).toEqual([])
  })

  it('is thrown away when it is damaged', async () => {
    await run()
    const damaged = Object.keys(kept())
    for (const file of damaged) writeFileSync(file, 'no code')

    expect(await run()).toBe(`${VERSION}\n`)
    expect(damaged.map(file => statSync(file).size > 1_000)).toEqual(damaged.map(() => true))
  })

  it('is not kept where Node keeps nothing', async () => {
    expect(await run({ NODE_DISABLE_COMPILE_CACHE: '1' })).toBe(`${VERSION}\n`)
    expect(kept()).toEqual({})
  })

  it('is not missed where nothing can be written', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')

    expect(await run({ NODE_COMPILE_CACHE: join(file, 'folder') })).toBe(`${VERSION}\n`)
  })
})

/** The files that the pages show with their names, as they are. */
function shown(page: string): [name: string, text: string][] {
  return [...readFileSync(page, 'utf8').matchAll(/^```(?:ts|js) title="([^"]+)"\n(.*?)^```/gms)].map(
    ([, name = '', text = '']) => [name, text],
  )
}

describe('in a project that has vitest, testcontainers and the SDK', () => {
  const files = new Map([...shown('docs/library.md'), ...shown('docs/parallel-tests.md')])

  beforeAll(async () => {
    await project.install(pinned('vitest'), pinned('testcontainers'), pinned('cloudflare'), 'jest@30')
    for (const [name, text] of files) project.write(name, text)
    project.write('plain.config.js', 'export default {}')
  })

  it('what the pages show has types', async () => {
    const modules = [...files.keys()].filter(name => name.endsWith('.ts'))
    // The types of the other packages are not ours to check.
    const options = ['--module', 'nodenext', '--lib', 'es2024,esnext.disposable,dom', '--skipLibCheck']

    expect(modules).toEqual(['container.ts', 'tunnels.test.ts', 'vitest.config.ts', 'strict.test.ts'])
    expect(await project.check(modules, options)).toBe('')
  })

  it('what the pages show of vitest runs, on a server of the run and on one of each file', async () => {
    expect(await project.bin('vitest', 'run', '--no-color')).toMatch(/Tests +3 passed \(3\)/)
    expect(await project.bin('vitest', 'run', '--no-color', '--config', 'plain.config.js')).toMatch(
      /Tests +3 passed \(3\)/,
    )
  })

  it('what the pages show of Jest runs', async () => {
    const jest = join(project.folder, 'node_modules', 'jest', 'bin', 'jest.js')

    await expect(project.node('--experimental-vm-modules', jest, '--silent')).resolves.toBeDefined()
  })

  it('the container can be made ready without an engine', async () => {
    expect(await project.node('--input-type=module', '--eval', CONTAINER)).toBe('function\n')
  })
})

const CONTAINER = `
import { startDouble } from './container.ts'
console.log(typeof startDouble)
`
