import { describe, expect, it } from 'vitest'
import type { OptionName } from '../../src/config/options.ts'
import { parseOption, type RawValue } from '../../src/config/parse-options.ts'

describe('parseOption returns', () => {
  it.each<[OptionName, RawValue[], unknown]>([
    ['port', ['0'], 0],
    ['port', ['65535'], 65_535],
    ['port', ['1', '2'], 2],
    ['check_ingress', ['true'], true],
    ['check_ingress', ['false'], false],
    ['auth', ['strict'], 'strict'],
    ['db', ['data.db'], 'data.db'],
    ['clock', ['2026-01-01T00:00:00+01:00'], '2026-01-01T00:00:00+01:00'],
    ['behaviour', ['latest'], 'latest'],
    ['behaviour', [' 2025-11-30 , list_live_only=off'], ' 2025-11-30 , list_live_only=off'],
    ['seed', ['demo', '', 'mine.json'], ['demo', 'mine.json']],
    ['seed', [{ tunnels: [] }], [{ tunnels: [] }]],
    ['seed', [], []],
    ['allow_origin', ['http://localhost:3000', '', '*'], ['http://localhost:3000', '*']],
    ['random_seed', [String(Number.MAX_SAFE_INTEGER)], Number.MAX_SAFE_INTEGER],
  ])('the value of %s for %j', (name, values, value) => {
    expect(parseOption(name, values)).toEqual(value)
  })
})

describe('parseOption says what it expects', () => {
  it.each<[OptionName, RawValue[], string]>([
    ['port', [''], 'expected a whole number from 0 to 65535'],
    ['port', ['-1'], 'expected a whole number from 0 to 65535'],
    ['port', ['65536'], 'expected a whole number from 0 to 65535'],
    ['port', ['1e3'], 'expected a whole number from 0 to 65535'],
    ['world_idle_ms', ['0'], 'expected a whole number from 1 to 9007199254740991'],
    ['random_seed', ['9007199254740992'], 'expected a whole number from 0 to 9007199254740991'],
    ['check_ingress', ['yes'], 'expected one of true, false'],
    ['log', ['xml'], 'expected one of text, json, off'],
    ['host', [''], 'must not be empty'],
    ['db', [''], 'must not be empty'],
    ['clock', ['2026-02-30T00:00:00Z'], 'expected a time such as 2026-01-01T00:00:00Z'],
    ['behaviour', ['2025-02-30'], '"2025-02-30" is neither latest nor a day such as 2025-11-30'],
    ['behaviour', ['latest,colour=off'], '"colour=off" is no switch; expected config_src_in_answers, '],
    ['seed', [{ tunnels: 1 }], 'tunnels: invalid type: integer, expected array'],
    ['seed', [[]], 'the whole: invalid type: array, expected object'],
    ...['localhost:3000', 'http://localhost:3000/', 'null', 'http://LOCALHOST', 'file:///a'].map(
      (origin): [OptionName, RawValue[], string] => [
        'allow_origin',
        [origin],
        'expected an origin such as http://localhost:3000, or *',
      ],
    ),
    ['allow_origin', [{}], 'expected a text, a number or a boolean'],
    ['port', [{}], 'expected a text, a number or a boolean'],
  ])('for %s when it gets %j', (name, values, message) => {
    expect(() => parseOption(name, values)).toThrow(message)
  })
})
