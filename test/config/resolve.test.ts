import { describe, expect, it } from 'vitest'
import { DEFAULTS, type OptionName } from '../../src/config/options.ts'
import { type Environment, overview, type Sourced, settingsFrom } from '../../src/config/resolve.ts'

interface Sketch {
  readonly flags?: Partial<Record<OptionName, readonly string[]>>
  readonly environment?: Environment
  readonly file?: Partial<Record<OptionName, string>>
}

function settings({ flags = {}, environment = {}, file = {} }: Sketch) {
  return settingsFrom({
    flag: name => flags[name],
    environment,
    file: new Map(
      Object.entries(file).map(([name, text]): [OptionName, Sourced] => [
        name as OptionName,
        { texts: [text], where: `file: ${name}`, source: 'file' },
      ]),
    ),
  })
}

describe('an option comes from', () => {
  const port = { flags: { port: ['1'] }, environment: { MOCKFLARED_PORT: '2' }, file: { port: '3' } }

  it.each<[string, Sketch, number | undefined, string]>([
    ['its flag first', port, 1, '--port'],
    ['its variable before the file', { ...port, flags: {} }, 2, 'MOCKFLARED_PORT'],
    ['the configuration file before the table', { file: port.file }, 3, 'file'],
    ['the table when nothing is given', {}, undefined, 'default'],
    ['the last of several flags', { flags: { port: ['4', '5'] } }, 5, '--port'],
  ])('%s', (_what, sketch, value, source) => {
    const { options, sourceOf } = settings(sketch)

    expect(options.port).toBe(value)
    expect(sourceOf('port')).toBe(source)
  })

  it('one place alone: lists are not put together', () => {
    const { options } = settings({ flags: { seed: ['demo'] }, environment: { MOCKFLARED_SEED: 'docs,every-status' } })

    expect(options.seed).toEqual(['demo'])
  })

  it('a variable with commas, where it may be given several times', () => {
    expect(settings({ environment: { MOCKFLARED_SEED: 'docs,every-status' } }).options.seed).toEqual([
      'docs',
      'every-status',
    ])
  })

  it('no variable that only looks like one, such as those that Kubernetes makes', () => {
    expect(settings({ environment: { MOCKFLARED_SERVICE_HOST: '10.0.0.1' } }).options).toEqual({})
  })
})

describe('a bad value is refused with its place', () => {
  it.each<[string, Sketch, string]>([
    ['in a flag', { flags: { port: ['x'] } }, '--port x: expected a whole number from 0 to 65535'],
    [
      'in a variable',
      { environment: { MOCKFLARED_AUTH: 'x' } },
      'MOCKFLARED_AUTH=x: expected one of open, strict, off',
    ],
    ['in a file', { file: { clock: 'x' } }, 'file: clock: expected a time such as 2026-01-01T00:00:00Z'],
    ['even when a file has a good one', { flags: { port: ['x'] }, file: { port: '1' } }, '--port x: '],
    ['without what is secret', { environment: { MOCKFLARED_CONTROL_TOKEN: '' } }, 'MOCKFLARED_CONTROL_TOKEN: must'],
  ])('%s', (_what, sketch, line) => {
    expect(() => settings(sketch)).toThrow(line)
  })
})

describe('the overview', () => {
  it('has every option with its value and source', () => {
    const rows = overview(settings({ flags: { port: ['9000'] } }))

    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['port', 'control_token', 'clock']))
    expect(rows).toContainEqual({ name: 'port', value: 9000, source: '--port' })
    expect(rows).toContainEqual({ name: 'auth', value: DEFAULTS.auth, source: 'default' })
    expect(rows).toContainEqual({ name: 'clock', value: null, source: 'default' })
  })

  it('has no secret in it', () => {
    const state = { credentials: [{ token: 'hush', permissions: [] }] }
    const { options, sourceOf } = settings({ environment: { MOCKFLARED_CONTROL_TOKEN: 'hush' } })
    const rows = overview({ options: { ...options, seed: [state] }, sourceOf })

    expect(rows).toContainEqual({ name: 'control_token', value: '********', source: 'MOCKFLARED_CONTROL_TOKEN' })
    expect(rows).toContainEqual({ name: 'seed', value: ['(a state)'], source: 'default' })
    expect(JSON.stringify(rows)).not.toContain('hush')
  })

  it('does not hide that no secret is set', () => {
    expect(overview(settings({}))).toContainEqual({ name: 'control_token', value: null, source: 'default' })
  })
})
