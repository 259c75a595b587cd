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
    ['port', [''], '"" is not a whole number from 0 to 65535'],
    ['port', ['-1'], '"-1" is not a whole number from 0 to 65535'],
    ['port', ['65536'], '65536 is not a whole number from 0 to 65535'],
    ['port', ['1e3'], '"1e3" is not a whole number from 0 to 65535'],
    ['world_idle_ms', ['0'], '0 is not a whole number from 1 to 31536000000'],
    ['random_seed', ['9007199254740992'], '9007199254740992 is not a whole number from 0 to 9007199254740991'],
    ['check_ingress', ['yes'], '"yes" is not true or false'],
    ['log', ['xml'], '"xml" is not "text", "json" or "off"'],
    ['host', [''], 'the text is empty'],
    ['db', [''], 'the text is empty'],
    ['clock', ['2026-02-30T00:00:00Z'], '"2026-02-30T00:00:00Z" is not a time; use 2026-11-01T12:00:00Z'],
    ['behaviour', ['2025-02-30'], '"2025-02-30" is neither latest nor a day such as 2025-11-30'],
    ['behaviour', ['latest,colour=off'], '"colour=off" is no switch; expected config_src_in_answers, '],
    ['seed', [{ tunnels: 1 }], 'tunnels: 1 is not a list'],
    ['seed', [[]], 'an empty list is not an object'],
    ...['localhost:3000', 'http://localhost:3000/', 'null', 'http://LOCALHOST', 'file:///a'].map(
      (origin): [OptionName, RawValue[], string] => [
        'allow_origin',
        [origin],
        `"${origin}" is not the origin of a web page or *; use http://localhost:3000`,
      ],
    ),
    ['allow_origin', [{}], 'expected a text, a number or a boolean'],
    ['port', [{}], 'expected a text, a number or a boolean'],
  ])('for %s when it gets %j', (name, values, message) => {
    expect(() => parseOption(name, values)).toThrow(message)
  })
})
