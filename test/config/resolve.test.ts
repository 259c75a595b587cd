import { describe, expect, it } from 'vitest'
import { DEFAULTS, optionSpelled } from '../../src/config/options.ts'
import { describeSettings, type Environment, resolveSettings } from '../../src/config/resolve.ts'

interface Given {
  readonly flags?: Readonly<Record<string, readonly string[]>>
  readonly environment?: Environment
  readonly file?: Readonly<Record<string, string>>
}

function settingsOf({ flags = {}, environment = {}, file = {} }: Given) {
  const options = Object.entries(file).map(([spelling, value]) => {
    const option = { values: [value], spelling, origin: `file: ${spelling}`, source: 'file' }
    return [optionSpelled(spelling), option] as const
  })
  return resolveSettings({
    flag: spelling => flags[spelling],
    environment,
    file: new Map(options),
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

describe('an option in milliseconds', () => {
  it.each<[string, Given, string]>([
    ['a duration', { flags: { pending_reconnect: ['1.5s'] } }, '--pending-reconnect'],
    ['milliseconds', { flags: { pending_reconnect_ms: ['1500'] } }, '--pending-reconnect-ms'],
    ['a variable', { environment: { MOCKFLARED_PENDING_RECONNECT: '1s500ms' } }, 'MOCKFLARED_PENDING_RECONNECT'],
    [
      'a variable in milliseconds',
      { environment: { MOCKFLARED_PENDING_RECONNECT_MS: '1500' } },
      'MOCKFLARED_PENDING_RECONNECT_MS',
    ],
    ['a file', { file: { pending_reconnect: '1500ms' } }, 'file'],
    ['a file in milliseconds', { file: { pending_reconnect_ms: '1500' } }, 'file'],
    [
      'a flag, rather than a variable or a file',
      {
        flags: { pending_reconnect_ms: ['1500'] },
        environment: { MOCKFLARED_PENDING_RECONNECT: '1h' },
        file: { pending_reconnect: '2h' },
      },
      '--pending-reconnect-ms',
    ],
  ])('takes %s', (_what, given, source) => {
    const { options, sourceOf } = settingsOf(given)

    expect(options.pending_reconnect_ms).toBe(1_500)
    expect(sourceOf('pending_reconnect_ms')).toBe(source)
  })

  it.each<[string, Given, string]>([
    [
      'a number without a unit',
      { flags: { pending_reconnect: ['5000'] } },
      '--pending-reconnect: "5000" has no unit; use 90s, 5m or 1h30m',
    ],
    [
      'other text',
      { environment: { MOCKFLARED_WORLD_IDLE: 'half an hour' } },
      'MOCKFLARED_WORLD_IDLE: "half an hour" is not a duration; use 90s, 5m or 1h30m',
    ],
    [
      'a duration out of range',
      { file: { pending_reconnect: '2d' } },
      'file: pending_reconnect: "2d" is not from 0s to 24h, in whole ms',
    ],
    [
      'a part of a millisecond',
      { flags: { pending_reconnect: ['100us'] } },
      '--pending-reconnect: "100us" is not from 0s to 24h, in whole ms',
    ],
    [
      'a duration where the name says milliseconds',
      { flags: { pending_reconnect_ms: ['5m'] } },
      '--pending-reconnect-ms: "5m" is not a whole number from 0 to 86400000',
    ],
  ])('rejects %s', (_what, given, message) => {
    expect(() => settingsOf(given)).toThrow(message)
  })
})

describe('resolveSettings names the place of an invalid value', () => {
  it.each<[string, Given, string]>([
    ['in a flag', { flags: { port: ['x'] } }, '--port: "x" is not a whole number from 0 to 65535'],
    [
      'in a variable',
      { environment: { MOCKFLARED_AUTH: 'x' } },
      'MOCKFLARED_AUTH: "x" is not "open", "strict" or "off"',
    ],
    ['in a file', { file: { clock: 'x' } }, 'file: clock: "x" is not a time; use 2026-11-01T12:00:00Z'],
    ['in a flag when the file has a valid one', { flags: { port: ['x'] }, file: { port: '1' } }, '--port: '],
    [
      'without repeating a secret',
      { environment: { MOCKFLARED_CONTROL_TOKEN: '' } },
      'MOCKFLARED_CONTROL_TOKEN: the text is empty',
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
