import { describe, expect, it } from 'vitest'
import { DEFAULTS, isOptionName, type OptionName } from '../../src/config/options.ts'
import { describeSettings, type Environment, resolveSettings } from '../../src/config/resolve.ts'

interface Given {
  readonly flags?: Partial<Record<OptionName, readonly string[]>>
  readonly environment?: Environment
  readonly file?: Partial<Record<OptionName, string>>
}

function settingsOf({ flags = {}, environment = {}, file = {} }: Given) {
  const options = Object.entries(file).map(
    ([name, value]) => [name, { values: [value], origin: `file: ${name}`, source: 'file' }] as const,
  )
  return resolveSettings({
    flag: name => flags[name],
    environment,
    file: new Map(options.flatMap(([name, option]) => (isOptionName(name) ? [[name, option]] : []))),
  })
}

describe('resolveSettings takes the value of an option from', () => {
  const port = { flags: { port: ['1'] }, environment: { MOCKFLARED_PORT: '2' }, file: { port: '3' } }

  it.each<[string, Given, number | undefined, string]>([
    ['its flag before its variable', port, 1, '--port'],
    ['its variable before the configuration file', { ...port, flags: {} }, 2, 'MOCKFLARED_PORT'],
    ['the configuration file before the default', { file: port.file }, 3, 'file'],
    ['the default when nothing is given', {}, undefined, 'default'],
    ['the last of several flags', { flags: { port: ['4', '5'] } }, 5, '--port'],
  ])('%s', (_what, given, value, source) => {
    const { options, sourceOf } = settingsOf(given)

    expect(options.port).toBe(value)
    expect(sourceOf('port')).toBe(source)
  })
})

describe('resolveSettings', () => {
  it('takes a list from one source only', () => {
    const { options } = settingsOf({ flags: { seed: ['demo'] }, environment: { MOCKFLARED_SEED: 'docs,every-status' } })

    expect(options.seed).toEqual(['demo'])
  })

  it('splits the variable of a repeatable option at commas', () => {
    expect(settingsOf({ environment: { MOCKFLARED_SEED: 'docs,every-status' } }).options.seed).toEqual([
      'docs',
      'every-status',
    ])
  })

  it('ignores variables that Kubernetes makes for a service named mockflared', () => {
    expect(settingsOf({ environment: { MOCKFLARED_SERVICE_HOST: '10.0.0.1' } }).options).toEqual({})
  })
})

describe('resolveSettings names the place of an invalid value', () => {
  it.each<[string, Given, string]>([
    ['in a flag', { flags: { port: ['x'] } }, '--port x: expected a whole number from 0 to 65535'],
    [
      'in a variable',
      { environment: { MOCKFLARED_AUTH: 'x' } },
      'MOCKFLARED_AUTH=x: expected one of open, strict, off',
    ],
    ['in a file', { file: { clock: 'x' } }, 'file: clock: expected a time such as 2026-01-01T00:00:00Z'],
    ['in a flag when the file has a valid one', { flags: { port: ['x'] }, file: { port: '1' } }, '--port x: '],
    [
      'without repeating a secret',
      { environment: { MOCKFLARED_CONTROL_TOKEN: '' } },
      'MOCKFLARED_CONTROL_TOKEN: must not be empty',
    ],
  ])('%s', (_what, given, message) => {
    expect(() => settingsOf(given)).toThrow(message)
  })
})

describe('describeSettings', () => {
  it('lists every option with its value and source', () => {
    const rows = describeSettings(settingsOf({ flags: { port: ['9000'] } }))

    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['port', 'control_token', 'clock']))
    expect(rows).toContainEqual({ name: 'port', value: 9000, source: '--port' })
    expect(rows).toContainEqual({ name: 'auth', value: DEFAULTS.auth, source: 'default' })
    expect(rows).toContainEqual({ name: 'clock', value: null, source: 'default' })
  })

  it('masks secrets', () => {
    const state = { credentials: [{ token: 'hush', permissions: [] }] }
    const { options, sourceOf } = settingsOf({ environment: { MOCKFLARED_CONTROL_TOKEN: 'hush' } })
    const rows = describeSettings({ options: { ...options, seed: [state] }, sourceOf })

    expect(rows).toContainEqual({ name: 'control_token', value: '********', source: 'MOCKFLARED_CONTROL_TOKEN' })
    expect(rows).toContainEqual({ name: 'seed', value: ['(a state)'], source: 'default' })
    expect(JSON.stringify(rows)).not.toContain('hush')
  })

  it('shows that no secret is set', () => {
    expect(describeSettings(settingsOf({}))).toContainEqual({ name: 'control_token', value: null, source: 'default' })
  })
})
