import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfigFile } from '../../src/config/config-file.ts'
import { settingsFrom } from '../../src/config/resolve.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { temporaryFolder } from '../support/run-command.ts'

/** The options of the configuration file in a folder with these files. */
async function optionsIn(files: Record<string, string | object>, named?: string) {
  const folder = temporaryFolder(files)
  const file = await readConfigFile(named, folder, url => import(url))
  return { folder, options: settingsFrom({ flag: () => undefined, environment: {}, file }).options }
}

function json(content: string | object) {
  return optionsIn({ 'mockflared.config.json': content })
}

describe('a configuration file', () => {
  it('sets options as they are spelled in the library', async () => {
    const { options } = await json({ port: 9000, auth: 'strict', check_ingress: false, behaviour: '2025-11-30' })

    expect(options).toEqual({ port: 9000, auth: 'strict', check_ingress: false, behaviour: '2025-11-30' })
  })

  it('need not be there', async () => {
    expect((await optionsIn({})).options).toEqual({})
  })

  it('is TypeScript where its data is computed', async () => {
    const state = `{ tunnels: ['a', 'b'].map(name => ({ account_tag: '${ACCOUNT}', name })) }`
    const code = `const port: number = 9000\nexport default { port, seed: [${state}, 'demo'], clock: undefined }`
    const { options } = await optionsIn({ 'mockflared.config.ts': code })

    expect(options.port).toBe(9000)
    expect(options.seed).toEqual([{ tunnels: [expect.anything(), expect.objectContaining({ name: 'b' })] }, 'demo'])
  })

  it('may be another one, by name', async () => {
    expect(
      (await optionsIn({ 'mockflared.config.json': { port: 1 }, 'x.json': { port: 2 } }, 'x.json')).options,
    ).toEqual({ port: 2 })
  })

  it('takes paths from where it is, and leaves names alone', async () => {
    const { folder, options } = await json({ db: 'data.db', seed: ['demo', 'mine.json'] })

    expect(options).toEqual({ db: join(folder, 'data.db'), seed: ['demo', join(folder, 'mine.json')] })
  })

  it('takes one seed without a list', async () => {
    expect((await json({ db: ':memory:', seed: 'demo' })).options).toEqual({ db: ':memory:', seed: ['demo'] })
  })
})

describe('a configuration file is refused', () => {
  it.each<[string, string | object, string]>([
    ['for an unknown option', { colour: 'red' }, 'unknown option colour'],
    [
      'for one in another spelling',
      { 'secret-min-bytes': 1 },
      'unknown option secret-min-bytes; did you mean secret_min',
    ],
    ['for a bad value', { port: 'eighty' }, 'port eighty: expected a whole number from 0 to 65535'],
    ['for a number that is not whole', { port: 1.5 }, 'port 1.5: expected a whole number'],
    ['for null', { port: null }, 'port: expected a text, a number or a boolean'],
    ['for an object', { auth: {} }, 'auth: expected a text, a number or a boolean'],
    ['for a list where one is wanted', { port: [1, 2] }, 'port: expected a text, a number or a boolean'],
    [
      'for a seed that is no state',
      { seed: [{ tunnels: 'red' }] },
      'seed: tunnels: invalid type: string, expected array',
    ],
    ['when it is no object', [], 'expected an object of options'],
    ['when it is no JSON', '{"port": }', 'Unexpected token'],
  ])('%s', async (_why, content, reason) => {
    await expect(json(content)).rejects.toThrow(`mockflared.config.json: ${reason}`)
  })

  it.each([{ control_token: { value: 'hush' } }, { control_token: ['hush'] }, { seed: [{ credentials: 'hush' }] }])(
    'without telling what is secret in it: %j',
    async content => {
      const reason = await json(content).then(String, String)

      expect(reason).toContain('Error: mockflared.config.json: ')
      expect(reason).not.toContain('hush')
    },
  )

  it.each([
    ['that is named and not there', {}, 'x.json', 'x.json: there is no such file'],
    ['that exports nothing', { 'x.ts': 'export const port = 1' }, 'x.ts', 'x.ts: expected an object of options as the'],
    ['that throws', { 'x.ts': 'throw new Error("no luck")' }, 'x.ts', 'x.ts: no luck'],
    ['beside another', { 'mockflared.config.json': {}, 'mockflared.config.ts': '' }, undefined, 'keep one of them'],
  ])('%s', async (_why, files, named, reason) => {
    await expect(optionsIn(files, named)).rejects.toThrow(reason)
  })
})
