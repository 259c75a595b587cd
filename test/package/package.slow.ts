/** The package as it would be published: what is in it, and that a stranger's empty project can use every entry of it. */
import { copyFileSync, globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { VERSION } from '../../src/config/version.ts'
import { emptyProject, type Packed, pack, pinned } from '../support/empty-project.ts'

const project = emptyProject()
/** Has nothing but the package. */
const bare = emptyProject()
let packed: Packed

beforeAll(async () => {
  packed = await pack(project.folder)
  await bare.install(join(project.folder, packed.filename))
})

afterAll(() => {
  for (const { folder } of [project, bare]) rmSync(folder, { recursive: true })
})

function tarball(): Buffer<ArrayBuffer> {
  return readFileSync(join(project.folder, packed.filename))
}

describe('the tarball', () => {
  it('holds what is needed and nothing else', () => {
    const needed =
      /^(bin\/mockflared\.js|pages\/[\w.-]+|dist\/[\w-]+\.(js|js\.map|d\.ts)|dist\/THIRD-PARTY\.txt|dist\/swagger-ui\/[\w.-]+|dist\/console\/(index\.html|icon\.svg|assets\/[\w-]+\.(js|css|woff2))|fixtures\/[\w.-]+\.json|package\.json|README\.md|LICENSE)$/
    const paths = packed.files.map(({ path }) => path)

    expect(paths.filter(path => !needed.test(path))).toEqual([])
    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'fixtures/demo.json', 'bin/mockflared.js']))
  })

  it('is small', () => {
    expect(packed.size).toBeLessThan(2_200_000)
  })

  it('has the notices of what the console contains', () => {
    const notices = readFileSync('dist/THIRD-PARTY.txt', 'utf8')

    for (const name of ['preact', '@preact/signals', 'lucide', 'Inter'])
      expect(notices).toMatch(new RegExp(`^${name}\\b`, 'm'))
    expect(notices).toContain('Lucide Icons and Contributors')
    expect(notices).toContain('The Inter Project Authors')
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

describe('an install of nothing else', () => {
  it('brings few packages', async () => {
    expect(await bare.packages()).toEqual(expect.arrayContaining(['mockflared', 'better-sqlite3', '@sinclair/typebox']))
    expect((await bare.packages()).length).toBeLessThanOrEqual(25)
  })

  it('takes little space', () => {
    expect(bare.size()).toBeLessThanOrEqual(45_000_000)
  })

  it('starts with worker threads, whose file is in the package', async () => {
    expect(await bare.complaintsOf('mockflared', '--workers', '2', '--port', '0', '--log', 'off')).toBe('')
  })

  it('serves the pages of both planes', async () => {
    bare.write('pages.js', PAGES)

    expect(await bare.node('pages.js')).toBe('200 200 200 200 200 200\n')
  })

  it('serves the console with all of its first files', async () => {
    bare.write('console.js', CONSOLE)

    expect(await bare.node('console.js')).toBe('200 200 200 200 200\n')
  })

  it('loads nothing of the edge while that is off', async () => {
    bare.write('edge.js', EDGE)

    expect(await bare.node('edge.js', '{"port":0}')).toBe('nothing\n')
    expect(await bare.node('edge.js', '{"port":0,"edge_port":0}')).toContain('src/edge/session.ts')
  })

  it('has metrics, and starts with variables of OpenTelemetry, without the packages of either', async () => {
    bare.write('metrics.js', METRICS)

    expect(await bare.node('metrics.js')).toBe('200 true\n')
  })

  it('works before, during and after faked timers of node:test', async () => {
    copyFileSync('test/package/fake-timers.mjs', join(bare.folder, 'fake-timers.mjs'))

    expect(await bare.node('--test', 'fake-timers.mjs')).toContain('fail 0')
  })

  it('has errors with the names of their classes, and with source files where Node is asked for them', async () => {
    bare.write('failing.js', FAILING)

    expect(await bare.node('--enable-source-maps', 'failing.js')).toMatch(
      /^ControlError: .*\n +at .*\bsrc\/[\w/-]+\.ts:\d+:\d+/,
    )
    expect(await bare.node('failing.js')).toMatch(/^ControlError: .*\n +at .*\bdist\/[\w-]+\.js:\d+:\d+/)
  })

  it('has the names of all other classes of errors', () => {
    const files = globSync(join(bare.folder, 'node_modules/mockflared/dist/*.js'))
    const code = files.map(file => readFileSync(file, 'utf8')).join('\n')

    for (const name of ['ApiError', 'ControlError', 'StateError', 'WorldsError']) {
      expect(code).toMatch(new RegExp(`(class ${name}|\\b${name} = class) extends Error`))
    }
  })

  it('has a command whose stack traces show source files', async () => {
    bare.write('probe.js', PROBE)

    expect(await bare.node('--import', './probe.js', 'node_modules/mockflared/bin/mockflared.js', '--version')).toMatch(
      /at .*\bsrc\/cli\/program\.ts:\d+:\d+/,
    )
  })

  it('refuses an older Node in one line, before it loads native code', async () => {
    bare.write('older.js', OLDER)
    const complaint = 'mockflared needs Node 22.14 or newer; this is Node 20.20.2'

    await expect(bare.node('--import', './older.js', 'node_modules/mockflared/bin/mockflared.js')).rejects.toThrow(
      `\nmockflared: ${complaint}\n`,
    )
    await expect(
      bare.node(
        '--import',
        './older.js',
        '--eval',
        'import("mockflared").catch(({ message }) => console.log(message))',
      ),
    ).resolves.toBe(`${complaint}\n`)
  })
})

const PAGES = `
import { createEmulator } from 'mockflared'
await using emulator = await createEmulator({ listen: false })
const statuses = []
for (const plane of ['', '/_mockflared']) {
  for (const url of ['/openapi.json', '/docs', '/docs/static/swagger-ui-bundle.js'])
    statuses.push((await emulator.inject({ url: plane + url })).statusCode)
}
console.log(...statuses)
`

const CONSOLE = `
import { createEmulator } from 'mockflared'
await using emulator = await createEmulator({ listen: false })
const get = file => emulator.inject({ url: '/_mockflared/console/' + file, headers: { host: 'localhost' } })
const page = await get('')
const files = [...page.body.matchAll(/(?:src|href)="([\\w./-]+\\.\\w+)"/g)].map(([, file]) => file)
console.log(page.statusCode, ...(await Promise.all(files.map(get))).map(({ statusCode }) => statusCode))
`

/** Prints the source files of the edge in the modules that it loads, by their source maps. */
const METRICS = `
import { createEmulator } from 'mockflared'
process.env.OTEL_SERVICE_NAME = 'mockflared'
const emulator = await createEmulator({ listen: false, metrics: true })
const { statusCode, body } = await emulator.inject({ url: '/metrics' })
console.log(statusCode, body.includes('process_open_fds'))
await emulator.close()
`

const EDGE = `
import { existsSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
const sources = []
registerHooks({
  load: (url, context, nextLoad) => {
    const map = url.startsWith('file:') ? fileURLToPath(url) + '.map' : ''
    if (existsSync(map)) sources.push(...JSON.parse(readFileSync(map, 'utf8')).sources)
    return nextLoad(url, context)
  },
})
const { createEmulator } = await import('mockflared')
await using emulator = await createEmulator(JSON.parse(process.argv[2]))
await emulator.control.getInfo()
console.log(sources.filter(source => source.includes('src/edge/')).join() || 'nothing')
`

const FAILING = `
import { createEmulator } from 'mockflared'
await using emulator = await createEmulator({ listen: false })
await emulator.control.deleteWorld({ id: 'none' }).catch(error => console.log(error))
`

/** Prints a stack trace where the command prints. */
const PROBE = `
const write = process.stdout.write.bind(process.stdout)
process.stdout.write = () => write(new Error('probe').stack)
`

const OLDER = `
Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })
process.dlopen = () => process.exit(3)
`

const SCHEMAS = `
import options from 'mockflared/options.schema.json' with { type: 'json' }
import state from 'mockflared/state.schema.json' with { type: 'json' }
console.log(options.title, state.title)
`

/** Types that a client may need: of its own, of TypeBox, and of nothing else. */
const CLIENT = `
import { type Control, ControlError, createControlClient } from 'mockflared/client'

const client: Control = createControlClient({ url: 'http://127.0.0.1:8844' })
const { world }: { world: string } = await client.getInfo()
console.log(world, ControlError.name)
`

const LIBRARY = `
import { createEmulator, type Emulator, type EmulatorOptions, Tunnel } from 'mockflared'
import { type Control, ControlError, createControlClient } from 'mockflared/client'

const options: EmulatorOptions = { port: 0, seed: 'demo' }
await using emulator: Emulator = await createEmulator(options)
const client: Control = createControlClient({ url: emulator.url })
const { world, version }: { world: string; version: string } = await client.getInfo()
const failure: unknown = await client.deleteWorld({ id: 'none' }).catch((error: unknown) => error)
const { id }: { id: string } = await client.createWorld({ from: 'seed' })
await client.deleteWorld({ id })
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

  it.each(['5.9', '6.0'])('library and client have types for TypeScript %s', async version => {
    const older = emptyProject()
    onTestFinished(() => rmSync(older.folder, { recursive: true }))
    await older.install(join(project.folder, packed.filename), `typescript@${version}`, pinned('@types/node'))
    older.write('library.ts', LIBRARY)
    older.write('wrong.ts', WRONG)

    const options = ['--module', 'nodenext', '--lib', 'es2024,esnext.disposable']
    expect(await older.check(['library.ts', 'wrong.ts'], options)).toBe('')
  })

  it('the JSON Schemas have names, and are where editors find them', async () => {
    project.write('schemas.js', SCHEMAS)

    expect(await project.node('schemas.js')).toBe('Options State\n')
    expect(readFileSync(join(project.folder, './node_modules/mockflared/fixtures/options.schema.json'))).toBeDefined()
  })

  it('the client has types for a project that knows neither those of Node nor those of SQLite', async () => {
    project.write('client-only.ts', CLIENT)
    const options = ['--module', 'nodenext', '--lib', 'es2024,dom', '--types', '']

    expect(await project.check(['client-only.ts'], options)).toBe('')
  })

  it('the client has no types of the server', () => {
    expect(project.typesReachedFrom('mockflared/dist/client.d.ts')).toEqual(['@sinclair/typebox'])
  })

  it('library and client run', async () => {
    expect(await project.node('library.ts')).toBe(`main ${VERSION} gone 400 object\n`)
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

/** The files that the pages show with their names, as they are. */
function shown(page: string): [name: string, text: string][] {
  return [...readFileSync(page, 'utf8').matchAll(/^```(?:ts|js|json) title="([^"]+)"\n(.*?)^```/gms)].map(
    ([, name = '', text = '']) => [name, text],
  )
}

const COMMONJS = 'commonjs/'
const pages = [...shown('docs/library.md'), ...shown('docs/parallel-tests.md')]

describe('in a project that has vitest, testcontainers and the SDK', () => {
  const files = new Map(pages.filter(([name]) => !name.startsWith(COMMONJS)))

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

describe('in a CommonJS project that has ts-jest and the SDK', () => {
  const commonjs = emptyProject()
  const files = new Map(pages.map(([name, text]) => [name.replace(COMMONJS, ''), text]))
  afterAll(() => rmSync(commonjs.folder, { recursive: true }))

  it('what the pages show of Jest runs', async () => {
    commonjs.write('package.json', '{ "private": true }')
    for (const name of ['jest.config.cjs', 'tsconfig.json', 'tunnels.test.ts', 'jest-setup.mjs', 'jest-teardown.mjs']) {
      commonjs.write(name, files.get(name) ?? '')
    }
    const packages = ['jest@30', 'ts-jest@29', 'typescript@6', '@types/jest@30', '@types/node@24', pinned('cloudflare')]
    await commonjs.install(join(project.folder, packed.filename), ...packages)

    await expect(commonjs.bin('jest', '--silent')).resolves.toBeDefined()
  })
})

const CONTAINER = `
import { startMockflared } from './container.ts'
console.log(typeof startMockflared)
`
