import { readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { VERSION } from '../../src/config/version.ts'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { ACCOUNT, UNKNOWN_ID } from '../support/emulator.ts'

async function start(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ listen: false, ...options })
  onTestFinished(() => emulator.close())
  const get = (url: string) => emulator.inject({ url })
  return { emulator, get, document: async () => (await get('/openapi.json')).json() }
}

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly deprecated?: boolean
  readonly responses: Record<string, { content: Record<string, { examples?: object }> }>
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

const ARGO = [
  'argo-tunnel-create-an-argo-tunnel',
  'argo-tunnel-get-an-argo-tunnel',
  'argo-tunnel-delete-an-argo-tunnel',
  'argo-tunnel-clean-up-argo-tunnel-connections',
]

/** The older paths of private network routes. */
const CIDR = [
  'tunnel-route-create-a-tunnel-route-with-cidr',
  'tunnel-route-update-a-tunnel-route-with-cidr',
  'tunnel-route-delete-a-tunnel-route-with-cidr',
]

/**
 * The twelve of Cloudflare's description, the form of the last one that only cloudflared uses, its
 * DNS routes, and the older paths.
 */
const OPERATIONS = [
  'cloudflare-tunnel-list-cloudflare-tunnels',
  'cloudflare-tunnel-create-a-cloudflare-tunnel',
  'cloudflare-tunnel-get-a-cloudflare-tunnel',
  'cloudflare-tunnel-update-a-cloudflare-tunnel',
  'cloudflare-tunnel-delete-a-cloudflare-tunnel',
  'cloudflare-tunnel-configuration-get-configuration',
  'cloudflare-tunnel-configuration-put-configuration',
  'cloudflare-tunnel-list-cloudflare-tunnel-connections',
  'cloudflare-tunnel-clean-up-cloudflare-tunnel-connections',
  'cloudflare-tunnel-get-cloudflare-tunnel-connector',
  'cloudflare-tunnel-get-a-cloudflare-tunnel-token',
  'cloudflare-tunnel-get-a-cloudflare-tunnel-management-token',
  'cloudflare-tunnel-get-a-cloudflare-tunnel-management-token-for-resource',
  'cloudflare-tunnel-list-all-tunnels',
  'cloudflare-tunnel-route-dns',
  ...ARGO,
]

function operationsOf(paths: Record<string, Record<string, Operation>>): Operation[] {
  return Object.values(paths).flatMap(path => METHODS.flatMap(method => path[method] ?? []))
}

describe('/openapi.json', () => {
  it("describes all operations on tunnels with Cloudflare's ids, and every operation with a summary", async () => {
    const { openapi, info, paths } = await (await start()).document()
    const operations = operationsOf(paths)

    expect(openapi).toBe('3.1.0')
    expect(info.version).toBe(VERSION)
    const ids = operations.map(({ operationId }) => operationId)
    expect(ids.filter(id => /^(?:cloudflare|argo)-tunnel-/.test(id)).toSorted()).toEqual(OPERATIONS.toSorted())
    expect(operations.filter(({ summary }) => !summary)).toEqual([])
  })

  it('marks the operations as deprecated that Cloudflare deprecated', async () => {
    const { paths } = await (await start()).document()
    const deprecated = operationsOf(paths).filter(operation => operation.deprecated)

    expect(deprecated.map(({ operationId }) => operationId).sort()).toEqual([...ARGO, ...CIDR].toSorted())
  })

  it('declares that commas separate the list of types', async () => {
    const { paths } = await (await start()).document()
    const { parameters } = paths['/accounts/{account_id}/tunnels'].get

    expect(parameters).toContainEqual(expect.objectContaining({ name: 'tun_types', style: 'form', explode: false }))
  })

  it('has examples of the errors of each operation', async () => {
    const { paths } = await (await start()).document()

    for (const { responses } of operationsOf(paths)) {
      expect(responses['400']?.content['application/json']?.examples).toHaveProperty('input_invalid')
    }
    const create: Operation = paths['/accounts/{account_id}/cfd_tunnel'].post
    expect(create.responses['409']?.content['application/json']?.examples).toMatchObject({
      tunnel_name_taken: { value: { success: false, errors: [{ code: 1013 }], messages: [], result: null } },
    })
  })

  it('describes 413 for each operation that answers it to a body of 2 MiB', async () => {
    // Later, the paths of routes that name a network are gone.
    const { emulator, document } = await start({ behaviour: '2026-10-04' })
    const { paths } = await document()
    for (const [path, item] of Object.entries<Record<string, Operation>>(paths)) {
      for (const [method, { operationId, responses }] of Object.entries(item)) {
        const { statusCode } = await emulator.inject({
          method: method.toUpperCase() as 'GET',
          url: `/client/v4${path.replace('{account_id}', ACCOUNT).replaceAll(/\{(tunnel|connector)_id\}/g, UNKNOWN_ID)}`,
          headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
          payload: 'x'.repeat(2 * 1024 * 1024),
        })
        expect({ operationId, is_413: statusCode === 413 }).toEqual({ operationId, is_413: '413' in responses })
      }
    }
  })

  it('describes null for the optional fields of bodies, and only there', {
    tags: ['configuration_nulls'],
  }, async () => {
    const { schemas } = (await (await start()).document()).components

    expect(schemas.TunnelCreate.properties).toMatchObject({
      name: { type: 'string' },
      config_src: { type: ['string', 'null'], enum: ['local', 'cloudflare', null] },
      tunnel_secret: { type: ['string', 'null'] },
    })
    expect(schemas.ConfigurationUpdate.properties.config).toEqual({
      anyOf: [{ $ref: '#/components/schemas/TunnelConfigInput' }, { type: 'null' }],
    })
    expect(schemas.TunnelConfigInput.properties.ingress).toMatchObject({
      type: ['array', 'null'],
      items: { $ref: '#/components/schemas/IngressRuleInput' },
    })
    expect(schemas.TunnelConfig.properties.ingress).toMatchObject({
      type: 'array',
      items: { $ref: '#/components/schemas/IngressRule' },
    })
  })

  it('marks parameters with a default as optional', async () => {
    const { paths, components } = await (await start()).document()
    const parameters: { name: string; required: boolean }[] = paths['/accounts/{account_id}/cfd_tunnel'].get.parameters

    expect(parameters.filter(({ required }) => required)).toMatchObject([{ name: 'account_id' }])
    expect(components.schemas.TunnelCreate.properties.config_src).toMatchObject({ default: 'local' })
  })

  it('has no example for an optional filter, since a page would filter by it', async () => {
    const { paths } = await (await start()).document()
    const parameters: object[] = Object.values<Record<string, { parameters?: object[] }>>(paths).flatMap(path =>
      Object.values(path).flatMap(operation => operation.parameters ?? []),
    )

    expect(parameters.length).toBeGreaterThan(40)
    expect(parameters.filter(one => 'example' in one && !('required' in one && one.required))).toEqual([])
  })

  it('defines each model once and refers to it', async () => {
    const document = await (await start()).document()
    const text = JSON.stringify(document)
    const references = new Set(text.match(/(?<=#\/components\/schemas\/)\w+/g))

    expect(new Set(Object.keys(document.components.schemas))).toEqual(references)
    expect([...references]).toEqual(expect.arrayContaining(['Tunnel', 'Client', 'Configuration', 'Failure']))
  })
})

describe('fixtures/state.schema.json', () => {
  it('matches the model of seeds: run `npm run docs` after a change', () => {
    const { $schema, ...schema } = JSON.parse(readFileSync('fixtures/state.schema.json', 'utf8'))

    expect(schema).toEqual(JSON.parse(JSON.stringify(PRODUCTS.data.model)))
  })
})
