/** Checks the links between the pages, and claims that tests can compare with the code. */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execPath } from 'node:process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)

/** The picture needs a server and five commands, each in its own process. */
const RUN_MS = 60_000

/** The targets of the links of a page, relative to the root, without links to other sites. */
function linksOf(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter(target => !target.includes('://'))
    .map(target => (target.startsWith('#') ? `${page}${target}` : join(dirname(page), target)))
}

/** The headings of a page as link anchors. */
function anchorsOf(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
}

const PAGES = readdirSync('docs').filter(name => name.endsWith('.md') && name !== 'README.md')

describe('the documentation', () => {
  it('lists every page once in its table of contents', () => {
    expect(linksOf('docs/README.md').toSorted()).toEqual(PAGES.map(name => `docs/${name}`).toSorted())
  })

  const helpers = ['contrib/pytest/README.md', 'contrib/go/README.md']

  it.each([
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'AGENTS.md',
    'llms.txt',
    'CHANGELOG.md',
    ...helpers,
    ...PAGES.map(name => `docs/${name}`),
  ])('%s has no broken link', page => {
    const broken = linksOf(page).filter(link => {
      const [file = '', anchor] = link.split('#')
      return !existsSync(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor))
    })

    expect(broken).toEqual([])
  })

  it(
    'has an up-to-date picture of the demo',
    async () => {
      await expect(run(execPath, ['scripts/picture.ts', '--check'])).resolves.toMatchObject({ stderr: '' })
    },
    RUN_MS,
  )
})

describe('docs/clients.md', () => {
  it('names each client with its pinned version', () => {
    const { dependencies } = JSON.parse(readFileSync('test/clients/package.json', 'utf8'))
    const pinsIn = (file: string, pin = /==(\S+)/g) =>
      [...readFileSync(file, 'utf8').matchAll(pin)].map(([, version]) => version)
    const pins = [
      ...Object.values<string>(dependencies).map(pin => pin.replace('npm:cloudflare@', '')),
      ...pinsIn('test/clients/python/requirements.txt'),
      ...pinsIn('test/clients/go/go.mod', /cloudflare-go\/v\d+ (\S+)/g),
      ...pinsIn('test/programs/octodns/requirements.txt'),
      ...pinsIn('test/programs/lexicon/requirements.txt'),
      ...pinsIn('test/programs/sdk/requirements-2.txt'),
      ...pinsIn('test/programs/go-0/go.mod', /cloudflare-go (\S+)/g),
      ...pinsIn('test/programs/external-dns/go.mod', /external-dns (\S+)/g),
    ]
    const page = readFileSync('docs/clients.md', 'utf8')
    const versions = [...page.matchAll(/^\| [^|]+ \| (v?\d[^|]+) \|/gm)].flatMap(([, column = '']) =>
      column.split(', '),
    )

    expect(versions.toSorted()).toEqual(pins.toSorted())
  })

  it.each([
    ['test/clients/python/requirements.txt', 'contrib/pytest/requirements-test.txt', /^cloudflare==\S+$/m],
    ['test/clients/go/go.mod', 'test/programs/go/go.mod', /cloudflare-go\/v\d+ \S+$/m],
    ['test/clients/go/go.mod', 'contrib/go/sdktest/go.mod', /cloudflare-go\/v\d+ \S+$/m],
  ])('%s pins the version of %s', (clients, helper, pin) => {
    const pinIn = (file: string): string | undefined => pin.exec(readFileSync(file, 'utf8'))?.[0]

    expect(pinIn(clients)).toMatch(/\d/)
    expect(pinIn(helper)).toBe(pinIn(clients))
  })
})

describe('docs/recipes.md', () => {
  const page = readFileSync('docs/recipes.md', 'utf8')
  const titlesOf = (pattern: RegExp): string[] => [...page.matchAll(pattern)].map(([, title = '']) => title)

  it('lists the recipes that are not run', () => {
    const [, end = ''] = page.split('\nNot run, ')

    expect([...end.matchAll(/^- (.+)$/gm)].map(([, title]) => title)).toEqual(
      titlesOf(/^```\w+ not-run title="(.+)"$/gm),
    )
  })

  it('has the recipes that scripts/recipes.sh runs, and no others', () => {
    const recipes = [...readFileSync('scripts/recipes.sh', 'utf8').matchAll(/^recipe (\w+) /gm)].map(([, name]) => name)

    expect(titlesOf(/^```sh title="(\w+)\.sh"$/gm)).toEqual(recipes)
    expect(titlesOf(/^```text title="(\w+)\.txt"$/gm)).toEqual(recipes)
  })
})
