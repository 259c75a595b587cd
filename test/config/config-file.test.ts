import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfigFile } from '../../src/config/config-file.ts'
import { resolveSettings } from '../../src/config/resolve.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { temporaryFolder } from '../support/run-command.ts'

/** The options of the configuration file in a folder with these files. */
async function optionsIn(files: Record<string, string | object>, named?: string) {
  const folder = temporaryFolder(files)
  const file = await readConfigFile(named, folder)
  return { folder, options: resolveSettings({ flag: () => undefined, environment: {}, file }).options }
}

function optionsInJson(content: string | object) {
  return optionsIn({ 'mockflared.config.json': content })
}

describe('readConfigFile', () => {
  it('reads options under the names of the library', async () => {
    const { options } = await optionsInJson({
      port: 9000,
      auth: 'strict',
      check_ingress: false,
      behaviour: '2025-11-30',
    })

    expect(options).toEqual({ port: 9000, auth: 'strict', check_ingress: false, behaviour: '2025-11-30' })
  })

  it('ignores $schema, which is for editors', async () => {
    const $schema = './node_modules/mockflared/fixtures/options.schema.json'

    expect((await optionsInJson({ $schema, port: 9000 })).options).toEqual({ port: 9000 })
  })

  it('returns no options when there is no file', async () => {
    expect((await optionsIn({})).options).toEqual({})
  })

  it('reads the default export of a TypeScript module', async () => {
    const state = `{ tunnels: ['a', 'b'].map(name => ({ account_tag: '${ACCOUNT}', name })) }`
    const code = `const port: number = 9000\nexport default { port, seed: [${state}, 'demo'], clock: undefined }`
    const { options } = await optionsIn({ 'mockflared.config.ts': code })

    expect(options.port).toBe(9000)
    expect(options.seed).toEqual([{ tunnels: [expect.anything(), expect.objectContaining({ name: 'b' })] }, 'demo'])
  })

  it('reads a file that is named instead of the default file', async () => {
    expect(
      (await optionsIn({ 'mockflared.config.json': { port: 1 }, 'x.json': { port: 2 } }, 'x.json')).options,
    ).toEqual({ port: 2 })
  })

  it('resolves relative paths from the folder of the file, and keeps names of bundled seeds', async () => {
    const { folder, options } = await optionsInJson({ db: 'data.db', seed: ['demo', 'mine.json'] })

    expect(options).toEqual({ db: join(folder, 'data.db'), seed: ['demo', join(folder, 'mine.json')] })
  })

  it('accepts one seed without a list, and keeps :memory:', async () => {
    expect((await optionsInJson({ db: ':memory:', seed: 'demo' })).options).toEqual({ db: ':memory:', seed: ['demo'] })
  })
})

describe('readConfigFile rejects', () => {
  it.each<[string, string | object, string]>([
    ['an unknown option', { colour: 'red' }, 'unknown option colour'],
    [
      'an option in another spelling, with a suggestion',
      { 'secret-min-bytes': 1 },
      'unknown option secret-min-bytes; did you mean secret_min',
    ],
    ['an invalid value', { port: 'eighty' }, 'port: "eighty" is not a whole number from 0 to 65535'],
    ['a number that is not whole', { port: 1.5 }, 'port: "1.5" is not a whole number'],
    ['null', { port: null }, 'port: expected a text, a number or a boolean'],
    ['an object', { auth: {} }, 'auth: expected a text, a number or a boolean'],
    ['a list for an option that is not repeatable', { port: [1, 2] }, 'port: expected a text, a number or a boolean'],
    ['a seed that is not a state', { seed: [{ tunnels: 'red' }] }, 'seed: tunnels: "red" is not a list'],
    ['content that is not an object', [], 'expected an object of options'],
    ['content that is not JSON', '{"port": }', 'Unexpected token'],
  ])('%s', async (_what, content, reason) => {
    await expect(optionsInJson(content)).rejects.toThrow(`mockflared.config.json: ${reason}`)
  })

  it.each([{ control_token: { value: 'hush' } }, { control_token: ['hush'] }, { seed: [{ credentials: 'hush' }] }])(
    'an invalid value without repeating a secret: %j',
    async content => {
      const reason = await optionsInJson(content).then(String, String)

      expect(reason).toContain('Error: mockflared.config.json: ')
      expect(reason).not.toContain('hush')
    },
  )

  it.each([
    ['a named file that does not exist', {}, 'x.json', 'x.json: there is no such file'],
    [
      'a module without a default export',
      { 'x.ts': 'export const port = 1' },
      'x.ts',
      'x.ts: expected an object of options as the',
    ],
    ['a module that throws', { 'x.ts': 'throw new Error("no luck")' }, 'x.ts', 'x.ts: no luck'],
    ['two default files', { 'mockflared.config.json': {}, 'mockflared.config.ts': '' }, undefined, 'keep one of them'],
  ])('%s', async (_what, files, named, reason) => {
    await expect(optionsIn(files, named)).rejects.toThrow(reason)
  })
})
