/** Random JSON, whole and broken: what is read is what was sent, and what is not has a place. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigurationUpdate } from '../../schemas/configuration.ts'
import { TunnelCreate } from '../../schemas/tunnel.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import { readModelValue } from '../../src/gateway/serde/model-value.ts'
import { readJson } from '../../src/gateway/serde/read-json.ts'
import { SerdeError, Source } from '../../src/gateway/serde/source.ts'
import { holds } from '../support/property/replay.ts'

const json = fc
  .tuple(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(undefined, 1, '\t'))
  .map(([value, indent]) => JSON.stringify({ config: { other: value } }, null, indent))

const PARTS = [
  '"',
  '\\',
  '\\ud800',
  '\\u0',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '-',
  '.',
  'e9',
  '01',
  'nul',
  '\n',
  '\0',
  'é',
  '"x":',
]

/** JSON with up to three changes. */
const broken = fc
  .tuple(json, fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...PARTS)), { minLength: 1, maxLength: 3 }))
  .map(([text, changes]) => changes.reduce(changed, text))

function changed(text: string, [place, removed, part]: [number, number, string]): string {
  const at = place % (text.length + 1)
  return text.slice(0, at) + part + text.slice(at + removed)
}

function read(text: string, model: TSchema = ConfigurationUpdate): { value?: unknown; problem?: string } {
  try {
    return { value: readJson(Buffer.from(text), model) }
  } catch (error) {
    if (error instanceof SerdeError) return { problem: error.message }
    throw error
  }
}

describe('random JSON', () => {
  it('is read as JavaScript reads it', async () => {
    await holds(500, json, async text => {
      expect(JSON.stringify(read(text).value)).toBe(JSON.stringify(JSON.parse(text)))
    })
  })

  it('is refused at a place within the body, or is JSON to JavaScript too', async () => {
    await holds(1_000, broken, async text => {
      const { problem } = read(text)
      if (problem === undefined) {
        JSON.parse(text)
        return
      }
      const [, line, column] = / at line (\d+) column (\d+)$/.exec(problem) ?? []
      const row = text.split('\n')[Number(line) - 1]
      expect(Number(column)).toBeLessThanOrEqual(Buffer.byteLength(row ?? '') + Number(row !== undefined))
    })
  })
})

class CountingSource extends Source {
  peeks = 0
  override peek(): number {
    this.peeks++
    return super.peek()
  }
}

const SIZE = 1024 * 1024

/** A text of some 1 MiB that repeats a part. */
function large(start: string, part: string, end = ''): string {
  return start + part.repeat(SIZE / part.length) + end
}

const KEYS = Array.from({ length: 100_000 }, (_, index) => `"k${index}":1`).join()

const HOSTILE: [string, TSchema, string][] = [
  ['opens arrays', TunnelCreate, large('{"x":', '[')],
  ['opens objects', TunnelCreate, large('{"x":', '{"a":')],
  ['opens stored arrays', ConfigurationUpdate, large('{"config":{"x":', '[')],
  ['opens itself', ConfigurationUpdate, large('', '{"config":')],
  ['is one text of escapes', ConfigurationUpdate, large('{"config":{"x":"', '\\"', '"}}')],
  ['is one text without an end', TunnelCreate, large('{"name":"', '\\ud83d\\ude00')],
  ['is one number', ConfigurationUpdate, large('{"config":{"x":0.', '1', '}}')],
  ['has many keys', ConfigurationUpdate, `{"config":{${KEYS}}}`],
  ['has many ignored keys', TunnelCreate, `{"name":"x",${KEYS}}`],
  ['has one key many times', ConfigurationUpdate, large('{"config":{"x":1', ',"__proto__":{}', '}}')],
  ['is blank', TunnelCreate, large('', '\n')],
]

describe('a body of 1 MiB', () => {
  it.each(HOSTILE)('that %s is read with four looks at each byte', (_what, model, text) => {
    const bytes = Buffer.from(text)
    const source = new CountingSource(bytes)
    try {
      readModelValue(source, model)
    } catch (error) {
      expect(error).toBeInstanceOf(SerdeError)
    }
    expect(source.peeks).toBeLessThan(4 * bytes.length)
  })
})
