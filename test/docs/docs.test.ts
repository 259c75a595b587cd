/** Runs the commands and examples of README and docs verbatim. */
import { execFile } from 'node:child_process'
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env, execPath } from 'node:process'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { VERSION } from '../../src/config/version.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { blocks, commandFolder, runShell } from '../support/page-blocks.ts'

const run = promisify(execFile)

/** A page may run many commands, each in its own process. */
const RUN_MS = 60_000

async function start(...seed: string[]): Promise<NodeJS.ProcessEnv> {
  const emulator = await createEmulator({ port: 0, seed })
  onTestFinished(() => emulator.close())
  return { ...env, ...emulator.env, MOCKFLARED_URL: emulator.url }
}

/**
 * Runs a module from the folder of the tests, where it finds the packages that a user has
 * installed.
 */
function runModule(code: string, environment = env) {
  const file = new URL(`docs-${Math.random().toString(36).slice(2)}.mts`, import.meta.url).pathname
  writeFileSync(
    file,
    code.replaceAll(/'mockflared(?:\/([\w/]+))?'/g, (_all, entry = 'index') => `'../../src/${entry}.ts'`),
  )
  onTestFinished(() => rmSync(file))
  return run(execPath, [file], { env: { ...environment, PATH: `${commandFolder()}:${environment.PATH}` } })
}

describe('README.md', () => {
  const readme = readFileSync('README.md', 'utf8')
  const [commands, ...requests] = blocks(readme, 'sh')

  it('starts with scripts of package.json', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))

    expect(commands).toBe('npm ci\nnpm start\n')
    expect(scripts).toMatchObject({ start: expect.any(String), demo: expect.any(String) })
  })

  it('shows the lines that the server prints', () => {
    expect(blocks(readme, 'text')[0]).toContain(`mockflared ${VERSION} listens on http://127.0.0.1:8844`)
  })

  it.each(requests)('has a request that succeeds: %.60s', async request => {
    const { stdout } = await runShell(request, await start('demo'))

    expect(stdout).toMatch(/^\{/)
    expect(stdout).not.toContain('"success":false')
  })

  it('has an SDK example that prints the tunnel that it creates', async () => {
    const [code = ''] = blocks(readme, 'js')

    expect(await runModule(code, await start())).toMatchObject({ stdout: 'shop inactive\n' })
  })
})

/** The pages that have blocks of a language, with those blocks. */
function pagesWith(language: string): [string, string[]][] {
  return ['README.md', ...globSync('docs/*.md').toSorted()]
    .map((name): [string, string[]] => [name, blocks(readFileSync(name, 'utf8'), language)])
    .filter(([, found]) => found.length > 0)
}

/** The expected output of the examples of each page. */
const EXPECTED_OUTPUT: Record<string, RegExp> = {
  'README.md': /^400 true\n$/,
  'docs/getting-started.md': /^healthy\ndegraded\n$/,
  'docs/recipes.md': /^from-typescript inactive 1 true\n$/,
  'docs/control.md': /^\d+\.\d+\.\d+ main\n$/,
  'docs/data.md': /connection_expired/,
  'docs/dns.md': /^400 81053\n$/,
  'docs/time.md': /^2026-01-01T00:04:30\.000000Z connection_expired\n/,
  'docs/connectors.md': /^down pending\ntrue\n$/,
  'docs/faults.md': /^broken 409\n$/,
  'docs/requests.md': /^false\n.*"blog".*"blog2"/s,
  'docs/library.md': /^inactive\ntrue\ntrue\n$/,
  'docs/parallel-tests.md': /pass 2\n.*fail 0\n/s,
  'docs/worlds.md': /^2\n$/,
  'docs/fidelity.md': /^assumed behaviours used: token_not_found\n$/,
  'docs/edge.md': /^200 hello from the origin\n$/,
  'docs/networks.md': /^10\.0\.0\.0\/8 office default\n$/,
  'docs/lint.md': /^\[\]\n$/,
  'docs/metrics.md': /^mockflared_worlds 0\nmockflared_worlds_limit \d+\n/,
  'docs/explain.md': /^shop-web 3 http:\/\/assets\.shop\.svc:80 /,
}

describe('docs', () => {
  it.each(pagesWith('sh').filter(([name]) => name !== 'README.md'))(
    '%s has commands that succeed',
    async (_name, shells) => {
      const environment = await start('every-status')
      for (const shell of shells) await expect(runShell(shell, environment)).resolves.toBeDefined()
    },
    RUN_MS,
  )

  it.each(pagesWith('ts'))('%s has examples that print the expected output', async (name, modules) => {
    const outputs: string[] = []
    for (const code of modules) outputs.push((await runModule(code)).stdout)

    expect(outputs.join('')).toMatch(EXPECTED_OUTPUT[name] ?? 'a page without expected output')
  })
})

describe('docs/command.md', () => {
  it('shows the output of --print-config', async () => {
    const page = readFileSync('docs/command.md', 'utf8')
    const [code = ''] = blocks(page, 'sh')
    const [documented = ''] = blocks(page, 'text')
    const linesOf = (text: string): string[] => text.trim().replaceAll(/ +/g, ' ').split('\n')

    expect(linesOf((await runShell(code, env)).stdout)).toEqual(expect.arrayContaining(linesOf(documented)))
  })
})

describe('docs/recipes.md', () => {
  it('creates a certificate with the account and the token for cloudflared', async () => {
    const environment = await start()
    const [code = ''] = blocks(readFileSync('docs/recipes.md', 'utf8'), 'sh')
    const { stdout } = await runShell(`${code}cat cert.pem`, environment)
    const [, content = ''] =
      /^-----BEGIN ARGO TUNNEL TOKEN-----\n([^-]+)-----END ARGO TUNNEL TOKEN-----\n$/.exec(stdout) ?? []

    expect(JSON.parse(Buffer.from(content, 'base64').toString())).toEqual({
      zoneID: expect.stringMatching(/^[\da-f]{32}$/),
      accountID: environment.CLOUDFLARE_ACCOUNT_ID,
      apiToken: environment.CLOUDFLARE_API_TOKEN,
    })
  })
})

describe('docs/drift.md', () => {
  const page = readFileSync('docs/drift.md', 'utf8')

  it(
    'has commands that succeed in this repository',
    async () => {
      const [folder, environment] = [commandFolder(), await start()]
      for (const code of blocks(page, 'sh project')) {
        const script = code.replaceAll(/\b(truth|openapi)\.json(?!")/g, name => join(folder, name))
        await expect(run('bash', ['-euc', script], { env: environment })).resolves.toBeDefined()
      }
    },
    RUN_MS,
  )

  it('has an example that replays without differences', async () => {
    const file = join(commandFolder(), 'example.json')
    writeFileSync(file, blocks(page, 'json').join(''))

    expect(await run(execPath, ['scripts/replay.ts', file])).toEqual({
      stdout: '2 exchanges: 2 as recorded, 0 different.\n',
      stderr: '',
    })
  })
})
