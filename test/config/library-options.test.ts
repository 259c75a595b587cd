import { describe, expect, it } from 'vitest'
import { optionsOf } from '../../src/config/library-options.ts'
import { DEFAULTS } from '../../src/config/options.ts'

describe('optionsOf', () => {
  it('fills in the defaults, without a log', () => {
    expect(optionsOf({ port: 0 })).toEqual({ ...DEFAULTS, port: 0, log: 'off' })
  })

  it('treats undefined as left out', () => {
    expect(optionsOf({ clock: undefined, seed: 'demo' })).toEqual({ ...DEFAULTS, log: 'off', seed: ['demo'] })
  })

  it('removes the slash at the end of a public URL, as the command does', () => {
    expect(optionsOf({ public_url: 'https://CI.example.com/' }).public_url).toBe('https://ci.example.com')
  })

  it.each(['http://a.example', ['http://a.example']])('takes one origin or several: %j', allow_origin => {
    expect(optionsOf({ allow_origin }).allow_origin).toEqual(['http://a.example'])
  })

  it('converts texts of programs that no compiler has checked', () => {
    expect(optionsOf(JSON.parse('{"port": "9000", "check_ingress": "false"}'))).toMatchObject({
      port: 9000,
      check_ingress: false,
    })
  })

  it('takes a duration under the name without the unit', () => {
    expect(optionsOf({ pending_reconnect: '90s', world_idle: '2h' })).toMatchObject({
      pending_reconnect_ms: 90_000,
      world_idle_ms: 7_200_000,
    })
  })

  it('takes dated behaviour under its other name', () => {
    expect(optionsOf({ behavior: '2025-11-30' }).behaviour).toBe('2025-11-30')
  })

  it.each([
    ['an unknown option', '{"colour": "red"}', 'unknown option colour'],
    ['an option that is misspelled', '{"clok": "x"}', 'unknown option clok; did you mean clock?'],
    ['an option in camel case', '{"checkIngress": true}', 'unknown option checkIngress; did you mean check_ingress?'],
    ['an invalid value', '{"port": 1.5}', 'option port: "1.5" is not a whole number from 0 to 65535'],
    ['null', '{"auth": null}', 'option auth: "null" is not "open", "strict" or "off"'],
  ])('rejects %s', (_what, json, message) => {
    expect(() => optionsOf(JSON.parse(json))).toThrow(message)
  })
})
