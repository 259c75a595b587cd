import { writeFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import { isObject } from '../../schemas/is-object.ts'
import { findDrift } from '../../scripts/description/drift.ts'
import { emulatorDescription } from '../../scripts/description/emulator-description.ts'
import { readDescription } from '../../scripts/description/read.ts'
import { report } from '../../scripts/description/report.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'
import type { OpenApiObject } from '../../src/http/openapi-models.ts'
import { runScript } from '../support/run-script.ts'
import { temporaryFile } from '../support/temporary.ts'

const TUNNELS = '/accounts/{account_id}/cfd_tunnel'
const TUNNEL = `${TUNNELS}/{tunnel_id}`

const own = await emulatorDescription()

/** A copy of our description with `value` at a path; undefined removes the value there. */
function withChange(path: readonly string[], value: unknown, from = own): OpenApiObject {
  const document = structuredClone(from)
  const last = path.at(-1) ?? ''
  const parent = path
    .slice(0, -1)
    .reduce<OpenApiObject>((node, key) => (isObject(node[key]) ? node[key] : {}), document)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return document
}

function driftAfter(path: readonly string[], value: unknown) {
  return findDrift(own, withChange(path, value))
    .filter(({ deviation }) => deviation === undefined)
    .map(({ operation, kind, what }) => `${operation}: ${kind} ${what}`)
}

function inModel(name: string, ...rest: readonly string[]) {
  return ['components', 'schemas', name, ...rest]
}

describe('findDrift', () => {
  it('finds nothing between our description and itself', () => {
    expect(findDrift(own, structuredClone(own))).toEqual([])
    expect(report([])).toEqual(['No drift.'])
  })

  it.each([
    ['a new operation', ['paths', `${TUNNEL}/pause`], { post: {} }, `POST ${TUNNEL}/pause: adds this operation`],
    ['a removed operation', ['paths', TUNNEL, 'patch'], undefined, `PATCH ${TUNNEL}: removes this operation`],
    [
      'a deprecated operation',
      ['paths', `${TUNNEL}/token`, 'get', 'deprecated'],
      true,
      `GET ${TUNNEL}/token: changes operation: deprecated, here current`,
    ],
    [
      'a removed parameter',
      ['paths', `${TUNNEL}/connections`, 'delete', 'parameters'],
      [
        { in: 'path', name: 'account_id', required: true, schema: { type: 'string', pattern: '^[0-9a-fA-F]{32}$' } },
        { in: 'path', name: 'tunnel_id', required: true, schema: { type: 'string', format: 'uuid', maxLength: 36 } },
      ],
      `DELETE ${TUNNEL}/connections: removes query client_id (string, optional, format uuid, maximum length 36)`,
    ],
    [
      'a new body field',
      inModel('TunnelUpdate', 'properties', 'labels'),
      { type: 'array', items: { type: 'string' } },
      `PATCH ${TUNNEL}: adds body labels (array, optional)`,
    ],
    [
      'a body field that is now required',
      inModel('TunnelUpdate', 'required'),
      ['name'],
      `PATCH ${TUNNEL}: changes body name: required, here optional`,
    ],
    [
      'a changed default',
      inModel('TunnelCreate', 'properties', 'config_src', 'default'),
      'cloudflare',
      `POST ${TUNNELS}: changes body config_src: default cloudflare, here local`,
    ],
    [
      'a new limit',
      inModel('TunnelCreate', 'properties', 'name', 'maxLength'),
      100,
      `POST ${TUNNELS}: changes body name: maximum length 100, here none`,
    ],
    [
      'a new status',
      inModel('UpdatedTunnel', 'properties', 'status', 'enum'),
      ['inactive', 'degraded', 'healthy', 'down', 'paused'],
      `PATCH ${TUNNEL}: changes answer result.status: ` +
        'values degraded | down | healthy | inactive | paused, here degraded | down | healthy | inactive',
    ],
    [
      'a changed format',
      inModel('UpdatedTunnel', 'properties', 'id', 'format'),
      'ulid',
      `PATCH ${TUNNEL}: changes answer result.id: format ulid, here uuid`,
    ],
    [
      'a changed type',
      inModel('UpdatedTunnel', 'properties', 'metadata', 'type'),
      'string',
      `PATCH ${TUNNEL}: changes answer result.metadata: type string, here object`,
    ],
    [
      'a deprecated field',
      inModel('UpdatedTunnel', 'properties', 'tun_type', 'deprecated'),
      true,
      `PATCH ${TUNNEL}: changes answer result.tun_type: deprecated, here current`,
    ],
    [
      'a removed response field',
      inModel('UpdatedTunnel', 'properties', 'name'),
      undefined,
      `PATCH ${TUNNEL}: removes answer result.name (string, required)`,
    ],
  ])('finds %s', (_name, path, value, line) => {
    expect(driftAfter(path, value)).toEqual([line])
  })

  it('reports a new object once, without its fields', () => {
    const labels = {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'object', properties: { c: {} } } },
    }

    expect(driftAfter(inModel('TunnelUpdate', 'properties', 'labels'), labels)).toEqual([
      `PATCH ${TUNNEL}: adds body labels (object, optional)`,
    ])
  })

  it.each([
    ['a reference', { $ref: '#/components/schemas/Text' }],
    ['an allOf of two parts', { allOf: [{ $ref: '#/components/schemas/Text' }, { description: 'A name.' }] }],
    [
      'two equal alternatives',
      {
        oneOf: [
          { type: 'string', minLength: 1 },
          { type: 'string', minLength: 1 },
        ],
      },
    ],
    ['a list of types', { type: ['string'], minLength: 1 }],
  ])('finds no drift if a schema is written as %s', (_name, schema) => {
    const document = withChange(inModel('TunnelCreate', 'properties', 'name'), schema)
    const named = { ...document, components: withText(document.components) }

    expect(findDrift(own, named)).toEqual([])
  })

  it('finds no drift if an allOf narrows several alternatives to the same type', () => {
    const anything = { anyOf: [{ type: 'object' }, { type: 'array', items: {} }, { type: 'string' }] }
    const narrowed = { allOf: [anything, { type: 'object', properties: {}, additionalProperties: true }] }

    expect(driftAfter(inModel('UpdatedTunnel', 'properties', 'metadata'), narrowed)).toEqual([])
  })

  it.each([
    ['nullable', { type: 'string', nullable: true }],
    ['a list of types', { type: ['string', 'null'] }],
    ['an alternative', { oneOf: [{ type: 'string' }, { type: 'null' }] }],
  ])('finds a new null written as %s', (_name, schema) => {
    expect(driftAfter(inModel('TunnelCreate', 'properties', 'name'), schema)).toEqual([
      `POST ${TUNNELS}: changes body name: type string or null, here string`,
    ])
  })

  it('terminates for a model that contains itself', () => {
    const itself = { type: 'array', items: { $ref: '#/components/schemas/TunnelUpdate' } }

    expect(driftAfter(inModel('TunnelUpdate', 'properties', 'others'), itself)).toEqual([
      `PATCH ${TUNNEL}: adds body others (array, optional)`,
    ])
  })

  it('ignores operations on other resources', () => {
    const paths = {
      ...Object(own.paths),
      '/zones/{zone_id}': { get: {} },
      '/accounts/{account_id}/cfd_tunnels': { get: {} },
    }

    expect(findDrift(own, { ...own, paths })).toEqual([])
  })

  it('matches operations by path, regardless of the names of path parameters', () => {
    const { [TUNNEL]: item, ...others } = Object(own.paths)

    expect(findDrift(own, { ...own, paths: { ...others, '/accounts/{account}/cfd_tunnel/{id}': item } })).toEqual([])
  })

  it('marks a deviation on purpose, and the report lists it separately with its reason', () => {
    const differences = findDrift(own, withChange(inModel('Configuration', 'properties', 'version', 'type'), 'number'))

    expect(report(differences)).toEqual([
      'On purpose:',
      '  counts-are-whole (2): Counts and versions are whole numbers from 0 on, pages from 1. [inferred]',
      '',
      'No drift; 2 on purpose.',
    ])
    expect(report(differences, true)).toContain(
      `      PUT ${TUNNEL}/configurations: changes answer result.version: type number, here integer`,
    )
  })

  it('the report groups operations with the same differences', () => {
    const one = withChange(inModel('Configuration', 'properties', 'labels'), { type: 'string' })
    const both = withChange(inModel('UpdatedTunnel', 'properties', 'labels'), { type: 'integer' }, one)

    expect(report(findDrift(own, both))).toEqual([
      `PATCH ${TUNNEL}\n  adds    answer result.labels (integer, optional)\n`,
      `GET ${TUNNEL}/configurations\nPUT ${TUNNEL}/configurations\n  adds    answer result.labels (string, optional)\n`,
      '3 differences in 3 operations: 3 added, 0 changed, 0 removed.',
    ])
  })
})

function withText(components: unknown): OpenApiObject {
  const { schemas, ...others } = isObject(components) ? components : {}
  return { ...others, schemas: { ...(isObject(schemas) ? schemas : {}), Text: { type: 'string', minLength: 1 } } }
}

describe('readDescription', () => {
  it('reads JSON and YAML, from a file and from a URL', async () => {
    const [json, yaml] = [temporaryFile('openapi.json'), temporaryFile('openapi.yaml')]
    writeFileSync(json, JSON.stringify(own))
    writeFileSync(yaml, stringify(own))
    const emulator = await createEmulator({ port: 0 })
    onTestFinished(() => emulator.close())

    for (const source of [json, yaml, `${emulator.url}/openapi.json`]) {
      expect(findDrift(own, await readDescription(source))).toEqual([])
    }
  })

  it.each([
    ['a missing file', undefined, /nowhere\.json cannot be read: ENOENT/],
    ['invalid JSON', '{', /is neither JSON nor YAML: /],
    ['invalid YAML', 'a: [', /is neither JSON nor YAML: /],
    ['another kind of document', '{"swagger": "2.0", "paths": {}}', /is no OpenAPI 3 description$/],
    [
      'a description without our operations',
      '{"openapi": "3.0.3", "paths": {"/zones": {}}}',
      /has no operation on tunnels$/,
    ],
  ])('rejects %s with an error of one line', async (_name, text, message) => {
    const file = temporaryFile('nowhere.json')
    if (text !== undefined) writeFileSync(file, text)

    await expect(readDescription(file)).rejects.toThrow(message)
    await expect(readDescription(file)).rejects.not.toThrow('\n')
  })

  it('rejects a URL that answers 404', async () => {
    const emulator = await createEmulator({ port: 0 })
    onTestFinished(() => emulator.close())

    await expect(readDescription(`${emulator.url}/nowhere.json`)).rejects.toThrow(/nowhere\.json answered 404$/)
  })
})

describe('npm run drift', () => {
  it.each([
    ['no drift', undefined, 0, /^No drift\.\n$/],
    ['drift', { type: 'string' }, 1, /^PATCH .*\n {2}adds {4}body colour \(string, optional\)\n/],
  ])('with %s exits with code %i', async (_name, field, code, stdout) => {
    const file = temporaryFile('openapi.json')
    writeFileSync(file, JSON.stringify(withChange(inModel('TunnelUpdate', 'properties', 'colour'), field)))

    expect(await runScript('drift', [file])).toEqual({ code, stdout: expect.stringMatching(stdout), stderr: '' })
  })

  it.each([[[]], [['nowhere.json']]])('exits with code 2 and one line on stderr for the arguments %j', async args => {
    expect(await runScript('drift', args)).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^drift: .+\n$/),
    })
  })
})
