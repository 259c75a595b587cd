import { writeFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import { driftBetween } from '../../scripts/description/drift.ts'
import { ownDescription } from '../../scripts/description/own.ts'
import { readDescription } from '../../scripts/description/read.ts'
import { report } from '../../scripts/description/report.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { isTree, type Tree } from '../../src/http/openapi-models.ts'
import { temporary } from '../support/command.ts'
import { runScript } from '../support/run-script.ts'

const LIST = '/accounts/{account_id}/cfd_tunnel'
const ITEM = `${LIST}/{tunnel_id}`

const own = await ownDescription()

/** A copy of our own description in which `value` stands at a place; undefined takes away what is there. */
function withChange(place: readonly string[], value: unknown, from = own): Tree {
  const document = structuredClone(from)
  const last = place.at(-1) ?? ''
  const holder = place.slice(0, -1).reduce<Tree>((node, key) => (isTree(node[key]) ? node[key] : {}), document)
  if (value === undefined) delete holder[last]
  else holder[last] = value
  return document
}

function driftAfter(place: readonly string[], value: unknown) {
  return driftBetween(own, withChange(place, value))
    .filter(({ deviation }) => deviation === undefined)
    .map(({ operation, kind, what }) => `${operation}: ${kind} ${what}`)
}

function model(name: string, ...rest: readonly string[]) {
  return ['components', 'schemas', name, ...rest]
}

describe('drift', () => {
  it('is none between our description and itself', () => {
    expect(driftBetween(own, structuredClone(own))).toEqual([])
    expect(report([])).toEqual(['No drift.'])
  })

  it.each([
    ['a new operation', ['paths', `${ITEM}/pause`], { post: {} }, `POST ${ITEM}/pause: adds this operation`],
    ['an operation that is gone', ['paths', ITEM, 'patch'], undefined, `PATCH ${ITEM}: removes this operation`],
    [
      'a deprecated operation',
      ['paths', `${ITEM}/token`, 'get', 'deprecated'],
      true,
      `GET ${ITEM}/token: changes operation: deprecated, here current`,
    ],
    [
      'a parameter that is gone',
      ['paths', `${ITEM}/connections`, 'delete', 'parameters'],
      [
        { in: 'path', name: 'account_id', required: true, schema: { type: 'string', pattern: '^[0-9a-fA-F]{32}$' } },
        { in: 'path', name: 'tunnel_id', required: true, schema: { type: 'string', format: 'uuid', maxLength: 36 } },
      ],
      `DELETE ${ITEM}/connections: removes query client_id (string, optional, format uuid, maximum length 36)`,
    ],
    [
      'a new field of a body',
      model('TunnelUpdate', 'properties', 'labels'),
      { type: 'array', items: { type: 'string' } },
      `PATCH ${ITEM}: adds body labels (array, optional)`,
    ],
    [
      'a field of a body that is needed now',
      model('TunnelUpdate', 'required'),
      ['name'],
      `PATCH ${ITEM}: changes body name: required, here optional`,
    ],
    [
      'another default',
      model('TunnelCreate', 'properties', 'config_src', 'default'),
      'cloudflare',
      `POST ${LIST}: changes body config_src: default cloudflare, here local`,
    ],
    [
      'a new limit',
      model('TunnelCreate', 'properties', 'name', 'maxLength'),
      100,
      `POST ${LIST}: changes body name: maximum length 100, here none`,
    ],
    [
      'a status that is new',
      model('UpdatedTunnel', 'properties', 'status', 'enum'),
      ['inactive', 'degraded', 'healthy', 'down', 'paused'],
      `PATCH ${ITEM}: changes answer result.status: ` +
        'values degraded | down | healthy | inactive | paused, here degraded | down | healthy | inactive',
    ],
    [
      'a field of another format',
      model('UpdatedTunnel', 'properties', 'id', 'format'),
      'ulid',
      `PATCH ${ITEM}: changes answer result.id: format ulid, here uuid`,
    ],
    [
      'a field of another type',
      model('UpdatedTunnel', 'properties', 'metadata', 'type'),
      'string',
      `PATCH ${ITEM}: changes answer result.metadata: type string, here object`,
    ],
    [
      'a deprecated field',
      model('UpdatedTunnel', 'properties', 'tun_type', 'deprecated'),
      true,
      `PATCH ${ITEM}: changes answer result.tun_type: deprecated, here current`,
    ],
    [
      'a field of an answer that is gone',
      model('UpdatedTunnel', 'properties', 'name'),
      undefined,
      `PATCH ${ITEM}: removes answer result.name (string, required)`,
    ],
  ])('finds %s', (_name, place, value, line) => {
    expect(driftAfter(place, value)).toEqual([line])
  })

  it('tells of a new object once, not of each field in it', () => {
    const labels = {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'object', properties: { c: {} } } },
    }

    expect(driftAfter(model('TunnelUpdate', 'properties', 'labels'), labels)).toEqual([
      `PATCH ${ITEM}: adds body labels (object, optional)`,
    ])
  })

  it.each([
    ['a reference', { $ref: '#/components/schemas/Text' }],
    ['all of two parts', { allOf: [{ $ref: '#/components/schemas/Text' }, { description: 'A name.' }] }],
    [
      'one of two that say the same',
      {
        oneOf: [
          { type: 'string', minLength: 1 },
          { type: 'string', minLength: 1 },
        ],
      },
    ],
    ['a list of types', { type: ['string'], minLength: 1 }],
  ])('does not take %s for a change', (_name, schema) => {
    const document = withChange(model('TunnelCreate', 'properties', 'name'), schema)
    const named = { ...document, components: withText(document.components) }

    expect(driftBetween(own, named)).toEqual([])
  })

  it('takes a part that any of several may be for the one that it is narrowed to', () => {
    const anything = { anyOf: [{ type: 'object' }, { type: 'array', items: {} }, { type: 'string' }] }
    const narrowed = { allOf: [anything, { type: 'object', properties: {}, additionalProperties: true }] }

    expect(driftAfter(model('UpdatedTunnel', 'properties', 'metadata'), narrowed)).toEqual([])
  })

  it.each([
    ['nullable', { type: 'string', nullable: true }],
    ['a list of types', { type: ['string', 'null'] }],
    ['an alternative', { oneOf: [{ type: 'string' }, { type: 'null' }] }],
  ])('reads null out of %s', (_name, schema) => {
    expect(driftAfter(model('TunnelUpdate', 'properties', 'tunnel_secret'), schema)).toEqual([
      `PATCH ${ITEM}: changes body tunnel_secret: type string or null, here string`,
    ])
  })

  it('comes to an end where a model contains itself', () => {
    const itself = { type: 'array', items: { $ref: '#/components/schemas/TunnelUpdate' } }

    expect(driftAfter(model('TunnelUpdate', 'properties', 'others'), itself)).toEqual([
      `PATCH ${ITEM}: adds body others (array, optional)`,
    ])
  })

  it('does not mind operations on other things', () => {
    const paths = {
      ...Object(own.paths),
      '/zones/{zone_id}': { get: {} },
      '/accounts/{account_id}/cfd_tunnels': { get: {} },
    }

    expect(driftBetween(own, { ...own, paths })).toEqual([])
  })

  it('knows an operation by its path, whatever the places in it are called', () => {
    const { [ITEM]: item, ...others } = Object(own.paths)

    expect(driftBetween(own, { ...own, paths: { ...others, '/accounts/{account}/cfd_tunnel/{id}': item } })).toEqual([])
  })

  it('lists what is so on purpose apart, with its reason', () => {
    const differences = driftBetween(own, withChange(model('Configuration', 'properties', 'version', 'type'), 'number'))

    expect(report(differences)).toEqual([
      'On purpose:',
      '  counts-are-whole (2): Counts and versions are whole numbers from 0 on, pages from 1. [inferred]',
      '',
      'No drift; 2 on purpose.',
    ])
    expect(report(differences, true)).toContain(
      `      PUT ${ITEM}/configurations: changes answer result.version: type number, here integer`,
    )
  })

  it('puts operations together in which the same differs', () => {
    const one = withChange(model('Configuration', 'properties', 'labels'), { type: 'string' })
    const both = withChange(model('UpdatedTunnel', 'properties', 'labels'), { type: 'integer' }, one)

    expect(report(driftBetween(own, both))).toEqual([
      `PATCH ${ITEM}\n  adds    answer result.labels (integer, optional)\n`,
      `GET ${ITEM}/configurations\nPUT ${ITEM}/configurations\n  adds    answer result.labels (string, optional)\n`,
      '3 differences in 3 operations: 3 added, 0 changed, 0 removed.',
    ])
  })
})

function withText(components: unknown): Tree {
  const { schemas, ...others } = isTree(components) ? components : {}
  return { ...others, schemas: { ...(isTree(schemas) ? schemas : {}), Text: { type: 'string', minLength: 1 } } }
}

describe('a description', () => {
  it('may be JSON or YAML, a file or at a URL', async () => {
    const [json, yaml] = [temporary('openapi.json'), temporary('openapi.yaml')]
    writeFileSync(json, JSON.stringify(own))
    writeFileSync(yaml, stringify(own))
    const emulator = await createEmulator({ port: 0 })
    onTestFinished(() => emulator.close())

    for (const source of [json, yaml, `${emulator.url}/openapi.json`]) {
      expect(driftBetween(own, await readDescription(source))).toEqual([])
    }
  })

  it.each([
    ['no file', undefined, /nowhere\.json cannot be read: ENOENT/],
    ['no JSON', '{', /is neither JSON nor YAML: /],
    ['no YAML', 'a: [', /is neither JSON nor YAML: /],
    ['something else', '{"swagger": "2.0", "paths": {}}', /is no OpenAPI 3 description$/],
    ['one without our operations', '{"openapi": "3.0.3", "paths": {"/zones": {}}}', /has no operation on tunnels$/],
  ])('is refused in one line when it is %s', async (_name, text, message) => {
    const file = temporary('nowhere.json')
    if (text !== undefined) writeFileSync(file, text)

    await expect(readDescription(file)).rejects.toThrow(message)
    await expect(readDescription(file)).rejects.not.toThrow('\n')
  })

  it('is refused when the server that should have it does not', async () => {
    const emulator = await createEmulator({ port: 0 })
    onTestFinished(() => emulator.close())

    await expect(readDescription(`${emulator.url}/nowhere.json`)).rejects.toThrow(/nowhere\.json answered 404$/)
  })
})

describe('npm run drift', () => {
  it.each([
    ['no drift', undefined, 0, /^No drift\.\n$/],
    ['drift', { type: 'string' }, 1, /^PATCH .*\n {2}adds {4}body colour \(string, optional\)\n/],
  ])('exits by whether there is %s', async (_name, field, code, stdout) => {
    const file = temporary('openapi.json')
    writeFileSync(file, JSON.stringify(withChange(model('TunnelUpdate', 'properties', 'colour'), field)))

    expect(await runScript('drift', [file])).toEqual({ code, stdout: expect.stringMatching(stdout), stderr: '' })
  })

  it.each([[[]], [['nowhere.json']]])('exits with 2 and a line for %j', async args => {
    expect(await runScript('drift', args)).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^drift: .+\n$/),
    })
  })
})
