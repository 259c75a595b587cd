/**
 * The tables are measured: serde_json 1.0.154 prints these texts when it reads these bodies into
 * structs with derived code. Each group is a kind of mistake.
 */
import { describe, expect, it } from 'vitest'
import { ConfigurationUpdate } from '../../../schemas/configuration.ts'
import { ManagementTokenCreate } from '../../../schemas/token.ts'
import { TunnelCreate } from '../../../schemas/tunnel.ts'
import { type TSchema, Type } from '../../../schemas/typebox.ts'
import { readJson } from '../../../src/gateway/serde/read-json.ts'
import { SerdeError } from '../../../src/gateway/serde/source.ts'

type Row = [body: string, text: string]

function problemOf(body: string | Buffer, model: TSchema): string | undefined {
  try {
    readJson(Buffer.from(body), model)
    return undefined
  } catch (error) {
    if (error instanceof SerdeError) return error.message
    throw error
  }
}

describe('a mistake', { tags: ['body_wording'] }, () => {
  describe('about the end of the text', () => {
    it.each<Row>([
      ['', 'EOF while parsing a value at line 1 column 0'],
      [' ', 'EOF while parsing a value at line 1 column 1'],
      ['{', 'EOF while parsing an object at line 1 column 1'],
      ['{"name', 'EOF while parsing a string at line 1 column 6'],
      ['{"name"', 'EOF while parsing an object at line 1 column 7'],
      ['{"name":', 'EOF while parsing a value at line 1 column 8'],
      ['{"name":"x', 'EOF while parsing a string at line 1 column 10'],
      ['{"name":"x"', 'EOF while parsing an object at line 1 column 11'],
      ['{"name":"x",', 'EOF while parsing a value at line 1 column 12'],
      ['{"name":"\\', 'EOF while parsing a string at line 1 column 10'],
      ['{"name":"\\u12', 'EOF while parsing a string at line 1 column 13'],
      ['{"name":n', 'EOF while parsing a value at line 1 column 9'],
      ['{"name":-', 'EOF while parsing a value at line 1 column 9'],
      ['{"name":1.', 'EOF while parsing a value at line 1 column 10'],
      ['{"name":1e', 'EOF while parsing a value at line 1 column 10'],
      ['{"x":[', 'EOF while parsing a list at line 1 column 6'],
      ['{"x":[1', 'EOF while parsing a list at line 1 column 7'],
      ['{"x":[1,', 'EOF while parsing a value at line 1 column 8'],
      ['{"x":{', 'EOF while parsing an object at line 1 column 6'],
      ['{"x":{"a"', 'EOF while parsing an object at line 1 column 9'],
      ['{"x":{"a":1,', 'EOF while parsing an object at line 1 column 12'],
      ['{"x":-', 'invalid number at line 1 column 6'],
      ['\n\n', 'EOF while parsing a value at line 3 column 0'],
    ])('%j is refused with %s', (body, text) => {
      expect(problemOf(body, TunnelCreate)).toBe(text)
    })
  })

  describe('about structure', () => {
    it.each<Row>([
      ['{"name":"x",}', 'trailing comma at line 1 column 13'],
      ['{,}', 'key must be a string at line 1 column 2'],
      ['{"name":"x",,"x":1}', 'key must be a string at line 1 column 13'],
      ['{name:"x"}', 'key must be a string at line 1 column 2'],
      ["{'name':'x'}", 'key must be a string at line 1 column 2'],
      ['{5:1}', 'key must be a string at line 1 column 2'],
      ['{"name" "x"}', 'expected `:` at line 1 column 9'],
      ['{"name":"x" "x":1}', 'expected `,` or `}` at line 1 column 13'],
      ['{"name":"x"} more', 'trailing characters at line 1 column 14'],
      ['{"name":"x"}{}', 'trailing characters at line 1 column 13'],
      ['nonsense', 'expected ident at line 1 column 2'],
      ['x', 'expected value at line 1 column 1'],
      [']', 'expected value at line 1 column 1'],
      ['{"name":x}', 'expected value at line 1 column 9'],
      ['{"name":tru}', 'expected ident at line 1 column 12'],
      ['{"name":falsy}', 'expected ident at line 1 column 13'],
      ['{"name":"x"]', 'expected `,` or `}` at line 1 column 12'],
      ['{"x":[1,],"name":"a"}', 'expected value at line 1 column 9'],
      ['{"x":[1 2]}', 'expected `,` or `]` at line 1 column 9'],
      ['{"x":[,1]}', 'expected value at line 1 column 7'],
      ['{"x":{"a":1,}}', 'key must be a string at line 1 column 13'],
      ['{"x":{a:1}}', 'key must be a string at line 1 column 7'],
      ['{"x":{"a" 1}}', 'expected `:` at line 1 column 11'],
      ['{"x":{"a":1 "b":2}}', 'expected `,` or `}` at line 1 column 13'],
      ['{"x":[}', 'expected value at line 1 column 7'],
      ['// a\n{}', 'expected value at line 1 column 1'],
      ['\ufeff{}', 'expected value at line 1 column 1'],
    ])('%j is refused with %s', (body, text) => {
      expect(problemOf(body, TunnelCreate)).toBe(text)
    })
  })

  describe('about positions', () => {
    it.each<Row>([
      ['{\n  "name": 5\n}', 'invalid type: integer `5`, expected a string at line 2 column 11'],
      ['{\r\n  "name": 5\r\n}', 'invalid type: integer `5`, expected a string at line 2 column 11'],
      ['{\r"name": 5}', 'invalid type: integer `5`, expected a string at line 1 column 11'],
      ['{"é":1,"name":5}', 'invalid type: integer `5`, expected a string at line 1 column 16'],
      ['{"name":"é","name":""}', 'duplicate field `name` at line 1 column 19'],
      ['{\n\n}', 'missing field `name` at line 3 column 1'],
      ['{\n"name":"x",\n}', 'trailing comma at line 3 column 1'],
      ['{"name":"a\nb"}', 'control character (\\u0000-\\u001F) found while parsing a string at line 2 column 0'],
      ['{"name":"a\n\n\nb"}', 'control character (\\u0000-\\u001F) found while parsing a string at line 2 column 0'],
      ['\t{ "name" :\t5 }', 'invalid type: integer `5`, expected a string at line 1 column 13'],
    ])('%j is refused with %s', (body, text) => {
      expect(problemOf(body, TunnelCreate)).toBe(text)
    })
  })

  describe('about strings', () => {
    it.each<Row>([
      ['{"name":"\\x"}', 'invalid escape at line 1 column 11'],
      ['{"name":"\\u12g4"}', 'invalid escape at line 1 column 15'],
      ['{"name":"\\ud800"}', 'unexpected end of hex escape at line 1 column 16'],
      ['{"name":"\\ud800x"}', 'unexpected end of hex escape at line 1 column 16'],
      ['{"name":"\\ud800\\n"}', 'unexpected end of hex escape at line 1 column 17'],
      ['{"name":"\\ud800\\u0041"}', 'lone leading surrogate in hex escape at line 1 column 21'],
      ['{"name":"\\udc00"}', 'lone leading surrogate in hex escape at line 1 column 15'],
      ['{"name":"\\ud800\\ud800"}', 'lone leading surrogate in hex escape at line 1 column 21'],
      ['{"name":"\t"}', 'control character (\\u0000-\\u001F) found while parsing a string at line 1 column 10'],
      ['{"name":"\u0000"}', 'control character (\\u0000-\\u001F) found while parsing a string at line 1 column 10'],
      ['{"name":"\u001f"}', 'control character (\\u0000-\\u001F) found while parsing a string at line 1 column 10'],
      ['{"na\nme":1}', 'control character (\\u0000-\\u001F) found while parsing a string at line 2 column 0'],
      ['{"x":"a\nb"}', 'control character (\\u0000-\\u001F) found while parsing a string at line 1 column 7'],
      ['{"x":"\\q"}', 'invalid escape at line 1 column 8'],
      ['{"x":"\\u00"}', 'invalid escape at line 1 column 12'],
    ])('%j is refused with %s', (body, text) => {
      expect(problemOf(body, TunnelCreate)).toBe(text)
    })
  })

  describe('about numbers', () => {
    it.each<Row>([
      ['{"name":01}', 'invalid number at line 1 column 10'],
      ['{"name":-01}', 'invalid number at line 1 column 11'],
      ['{"name":-}', 'invalid number at line 1 column 10'],
      ['{"name":+1}', 'expected value at line 1 column 9'],
      ['{"name":.5}', 'expected value at line 1 column 9'],
      ['{"name":1.}', 'invalid number at line 1 column 11'],
      ['{"name":1.e5}', 'invalid number at line 1 column 11'],
      ['{"name":1e}', 'invalid number at line 1 column 11'],
      ['{"name":1e+}', 'invalid number at line 1 column 12'],
      ['{"name":1e400}', 'number out of range at line 1 column 13'],
      ['{"name":-1e400}', 'number out of range at line 1 column 14'],
      ['{"name":0x10}', 'invalid type: integer `0`, expected a string at line 1 column 9'],
      ['{"name":NaN}', 'expected value at line 1 column 9'],
      ['{"name":Infinity}', 'expected value at line 1 column 9'],
      ['{"name":--1}', 'invalid number at line 1 column 10'],
      ['{"x":01}', 'invalid number at line 1 column 7'],
      ['{"x":1.}', 'invalid number at line 1 column 8'],
      ['{"x":-a}', 'invalid number at line 1 column 7'],
      ['{"x":1e-}', 'invalid number at line 1 column 9'],
    ])('%j is refused with %s', (body, text) => {
      expect(problemOf(body, TunnelCreate)).toBe(text)
    })
  })

  describe('about types', { tags: ['struct_names'] }, () => {
    it.each<Row>([
      ['null', 'invalid type: null, expected struct NewTunnel at line 1 column 4'],
      ['[]', 'invalid length 0, expected struct NewTunnel with 3 elements at line 1 column 2'],
      ['["x"]', 'invalid length 1, expected struct NewTunnel with 3 elements at line 1 column 5'],
      ['["x",null', 'EOF while parsing a list at line 1 column 9'],
      ['[{"name":"x"}]', 'invalid type: map, expected a string at line 1 column 1'],
      ['"x"', 'invalid type: string "x", expected struct NewTunnel at line 1 column 3'],
      ['5', 'invalid type: integer `5`, expected struct NewTunnel at line 1 column 1'],
      ['-5', 'invalid type: integer `-5`, expected struct NewTunnel at line 1 column 2'],
      ['1.5', 'invalid type: floating point `1.5`, expected struct NewTunnel at line 1 column 3'],
      ['true', 'invalid type: boolean `true`, expected struct NewTunnel at line 1 column 4'],
      ['{}', 'missing field `name` at line 1 column 2'],
      ['{"name":null}', 'invalid type: null, expected a string at line 1 column 12'],
      ['{"name":5}', 'invalid type: integer `5`, expected a string at line 1 column 9'],
      ['{"name":-5}', 'invalid type: integer `-5`, expected a string at line 1 column 10'],
      ['{"name":1.5}', 'invalid type: floating point `1.5`, expected a string at line 1 column 11'],
      ['{"name":1.0}', 'invalid type: floating point `1.0`, expected a string at line 1 column 11'],
      ['{"name":1e3}', 'invalid type: floating point `1000.0`, expected a string at line 1 column 11'],
      ['{"name":-0}', 'invalid type: floating point `-0.0`, expected a string at line 1 column 10'],
      ['{"name":1e16}', 'invalid type: floating point `1e+16`, expected a string at line 1 column 12'],
      ['{"name":1e-7}', 'invalid type: floating point `1e-7`, expected a string at line 1 column 12'],
      ['{"name":0.00001}', 'invalid type: floating point `0.00001`, expected a string at line 1 column 15'],
      [
        '{"name":18446744073709551615}',
        'invalid type: integer `18446744073709551615`, expected a string at line 1 column 28',
      ],
      [
        '{"name":18446744073709551616}',
        'invalid type: floating point `1.8446744073709552e+19`, expected a string at line 1 column 28',
      ],
      ['{"name":true}', 'invalid type: boolean `true`, expected a string at line 1 column 12'],
      ['{"name":false}', 'invalid type: boolean `false`, expected a string at line 1 column 13'],
      ['{"name":[]}', 'invalid type: sequence, expected a string at line 1 column 8'],
      ['{"name":{}}', 'invalid type: map, expected a string at line 1 column 8'],
      ['{"name":"x","name":"y"}', 'duplicate field `name` at line 1 column 18'],
      ['{"name":"x","name" :"y"}', 'duplicate field `name` at line 1 column 19'],
      [
        '{"name":"x","config_src":"remote"}',
        'unknown variant `remote`, expected `local` or `cloudflare` at line 1 column 33',
      ],
      [
        '{"name":"x","config_src":"Local"}',
        'unknown variant `Local`, expected `local` or `cloudflare` at line 1 column 32',
      ],
      ['{"name":"x","config_src":5}', 'expected value at line 1 column 26'],
      ['{"name":"x","config_src":[]}', 'expected value at line 1 column 26'],
      ['{"name":"x","config_src":{}}', 'expected value at line 1 column 27'],
      ['{"name":"x","config_src":null,"config_src":null}', 'duplicate field `config_src` at line 1 column 42'],
      ['{"config_src":"local"}', 'missing field `name` at line 1 column 22'],
      ['{"name":5,}', 'invalid type: integer `5`, expected a string at line 1 column 9'],
      ['{"name":"x","tunnel_secret":7}', 'invalid type: integer `7`, expected a string at line 1 column 29'],
      ['{"x":5,"name":[nonsense', 'invalid type: sequence, expected a string at line 1 column 14'],
    ])('%j is refused with %s', (body, text) => {
      expect(problemOf(body, TunnelCreate)).toBe(text)
    })
  })

  describe('about configurations', () => {
    it.each<Row>([
      ['{"config":[]}', 'invalid type: sequence, expected struct TunnelConfig at line 1 column 10'],
      [
        '{"config":"a \\"b\\"\\n\\u0000\\u200b"}',
        'invalid type: string "a \\"b\\"\\n\\0\\u{200b}", expected struct TunnelConfig at line 1 column 33',
      ],
      ['{"config":{"ingress":{}}}', 'invalid type: map, expected a sequence at line 1 column 21'],
      ['{"config":{"ingress":[5]}}', 'invalid type: integer `5`, expected struct IngressRule at line 1 column 23'],
      ['{"config":{"ingress":[{"hostname":5}]}}', 'invalid type: integer `5`, expected a string at line 1 column 35'],
      [
        '{"config":{"originRequest":{"connectTimeout":"30s"}}}',
        'invalid type: string "30s", expected i64 at line 1 column 50',
      ],
      [
        '{"config":{"originRequest":{"connectTimeout":1.5}}}',
        'invalid type: floating point `1.5`, expected i64 at line 1 column 48',
      ],
      [
        '{"config":{"originRequest":{"connectTimeout":1e2}}}',
        'invalid type: floating point `100.0`, expected i64 at line 1 column 48',
      ],
      [
        '{"config":{"originRequest":{"connectTimeout":9223372036854775808}}}',
        'invalid value: integer `9223372036854775808`, expected i64 at line 1 column 64',
      ],
      [
        '{"config":{"originRequest":{"connectTimeout":-9223372036854775809}}}',
        'invalid type: floating point `-9.223372036854776e+18`, expected i64 at line 1 column 65',
      ],
      [
        '{"config":{"originRequest":{"proxyPort":-1}}}',
        'invalid value: integer `-1`, expected u64 at line 1 column 42',
      ],
      [
        '{"config":{"originRequest":{"noTLSVerify":"yes"}}}',
        'invalid type: string "yes", expected a boolean at line 1 column 47',
      ],
      [
        '{"config":{"originRequest":{"noTLSVerify":1}}}',
        'invalid type: integer `1`, expected a boolean at line 1 column 43',
      ],
      ['{"config":{"x":1e400}}', 'number out of range at line 1 column 20'],
      ['{"config":{"x":[1,]}}', 'trailing comma at line 1 column 19'],
      ['{"config":{"x":{"a":1,}}}', 'trailing comma at line 1 column 23'],
      ['{"config":{"x":"\\ud800"}}', 'unexpected end of hex escape at line 1 column 23'],
      ['{"config":{"ingress":[],"ingress":[]}}', 'duplicate field `ingress` at line 1 column 33'],
      [`{"config":{"x":${'['.repeat(126)}`, 'recursion limit exceeded at line 1 column 141'],
      [`{"config":{"x":${'{"a":'.repeat(126)}`, 'recursion limit exceeded at line 1 column 641'],
      ['{"config":{"ingress":[{},]}}', 'trailing comma at line 1 column 26'],
      ['{"config":{"ingress":[{}}]}', 'expected `,` or `]` at line 1 column 25'],
    ])('%j is refused with %s', (body, text) => {
      expect(problemOf(body, ConfigurationUpdate)).toBe(text)
    })
  })

  describe('about lists and enums', () => {
    it.each<Row>([
      ['{}', 'missing field `resources` at line 1 column 2'],
      ['{"resources":null}', 'invalid type: null, expected a sequence at line 1 column 17'],
      ['{"resources":"logs"}', 'invalid type: string "logs", expected a sequence at line 1 column 19'],
      ['{"resources":["ssh"]}', 'unknown variant `ssh`, expected `logs` at line 1 column 19'],
      ['{"resources":[5]}', 'expected value at line 1 column 15'],
      ['{"resources":["logs",]}', 'trailing comma at line 1 column 22'],
      ['{"resources":["logs" "logs"]}', 'expected `,` or `]` at line 1 column 22'],
    ])('%j is refused with %s', (body, text) => {
      expect(problemOf(body, ManagementTokenCreate)).toBe(text)
    })
  })

  it('in the two recorded bodies is refused with the recorded texts', { tags: ['body_line_feed'] }, () => {
    const secret = 'QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB\nQUFBQUFBQUE='
    const text = 'control character (\\u0000-\\u001F) found while parsing a string'

    expect(problemOf(`{\n  "name": "x",\n  "tunnel_secret": "${secret}"\n}`, TunnelCreate)).toBe(
      `${text} at line 4 column 0`,
    )
    expect(problemOf(`{"name":"x","tunnel_secret":"${secret}"}`, TunnelCreate)).toBe(`${text} at line 2 column 0`)
  })

  it.each([
    ['in a text', [0x22, 0xff], 'invalid unicode code point at line 1 column 10'],
    ['after valid text', [0x22, 0xc3, 0xa9, 0xe2, 0x82, 0x22], 'invalid unicode code point at line 1 column 12'],
    ['outside of texts', [0xff], 'expected value at line 1 column 9'],
  ])('in UTF-8 %s is refused at its byte', (_where, bytes, text) => {
    const body = Buffer.concat([Buffer.from('{"name":'), Buffer.from(bytes), Buffer.from('"}')])

    expect(problemOf(body, TunnelCreate)).toBe(text)
  })

  it.each([
    ['{"name":""}', 'invalid value: string "", expected a string (minLength 1) at line 1 column 10'],
    ['["x",null,null]', 'invalid type: sequence, expected struct NewTunnel at line 1 column 0'],
    ['{"name":"x","config_src":{"local":null}}', 'expected value at line 1 column 27'],
  ])('that serde would accept is refused: %s', { tags: ['body_limits'] }, (body, text) => {
    expect(problemOf(body, TunnelCreate)).toBe(text)
  })
})

describe('a body', () => {
  it.each([
    '{"name":"x","y":1e400}',
    '{"name":"x","y":"\\ud800"}',
    `{"name":"x","y":${'['.repeat(300)}${']'.repeat(300)}}`,
    '{"name":"x","y":1,"y":2}',
    ' {"name":"x"}\r\n\t',
  ])('may have any JSON under an unknown key, and white space around it: %s', { tags: ['unread_ignored'] }, body => {
    expect(readJson(Buffer.from(body), TunnelCreate)).toMatchObject({ name: 'x' })
  })

  it('keeps the names of unknown keys without their values', () => {
    const value = readJson(Buffer.from('{"name":"x","y":{"a":[1]}}'), TunnelCreate)

    expect(value).toStrictEqual({ name: 'x', y: undefined })
  })

  it('may be a union or a map, which is read whole before it is judged', { tags: ['struct_names'] }, () => {
    const model = Type.Object({ data: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])) })

    expect(readJson(Buffer.from('{"data":{"port":80.5,"tag":"x"}}'), model)).toEqual({ data: { port: 80.5, tag: 'x' } })
    expect(problemOf('{"data":{"port":[]}}', model)).toBe(
      'data did not match any variant of untagged enum Value at line 1 column 19',
    )
    expect(problemOf('{"data":{"port":', model)).toBe('EOF while parsing a value at line 1 column 16')
  })

  it('loses a null in an optional field', { tags: ['configuration_nulls'] }, () => {
    const body = '{"config":{"ingress":null,"other":null,"originRequest":{"caPool":null}}}'

    expect(readJson(Buffer.from(body), ConfigurationUpdate)).toStrictEqual({
      config: { other: null, originRequest: {} },
    })
  })

  it('has the names of prototypes as keys like any other', () => {
    const value = '{"__proto__":{"ingress":1},"constructor":{"__proto__":null},"toString":[]}'
    const body = Buffer.from(`{"config":${value}}`)

    expect(JSON.stringify(readJson(body, ConfigurationUpdate))).toBe(body.toString())
  })
})
