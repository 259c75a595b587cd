import { describe, expect, it } from 'vitest'
import type { Operation } from '../../schemas/control/operation.ts'
import { OPERATION_NAMES, OPERATIONS } from '../../schemas/control/operations.ts'
import { VERSION } from '../../src/config/version.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

interface Described {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Record<string, { schema: object }> }
  readonly responses: Record<string, { readonly content: Record<string, { schema: object }> }>
}

async function get(url: string) {
  const { emulator } = await startFrozen()
  return emulator.inject({ url: `/_mockflared${url}` })
}

async function description() {
  const document = (await get('/openapi.json')).json()
  const paths: Record<string, Record<string, Described>> = document.paths
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ path, method, ...described })),
  )
  return { document, operations }
}

describe('/_mockflared/openapi.json', () => {
  it('describes each operation of the contract with its route, summary and tag', async () => {
    const { document, operations } = await description()
    const expected = OPERATION_NAMES.map(name => {
      const { route, summary, tag }: Operation = OPERATIONS[name]
      const [method, path] = route
      const described = { path: path.replaceAll(/:(\w+)/g, '{$1}'), method: method.toLowerCase() }
      return { ...described, operationId: name, summary, tags: [tag] }
    })

    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: VERSION }, servers: [{ url: '/_mockflared' }] })
    expect(operations).toHaveLength(expected.length)
    expect(operations).toMatchObject(expect.arrayContaining(expected.map(one => expect.objectContaining(one))))
  })

  it('describes path and query parameters, of which only those in the path are required', async () => {
    const { operations } = await description()
    const parametersOf = (name: string) =>
      operations
        .find(({ operationId }) => operationId === name)
        ?.parameters?.map(one => [one.name, one.in, one.required ?? false])

    expect(parametersOf('drainConnector')).toEqual([
      ['account_id', 'path', true],
      ['tunnel_id', 'path', true],
      ['connector_id', 'path', true],
    ])
    expect(parametersOf('listEvents')).toEqual([
      ['after', 'query', false],
      ['limit', 'query', false],
      ['worlds', 'query', false],
    ])
  })

  it('describes a body as required where an empty one is refused', async () => {
    const { operations } = await description()
    const required = operations.filter(({ requestBody }) => requestBody?.required).map(one => one.operationId)

    expect(required.toSorted()).toEqual([
      'changeEdge',
      'explain',
      'moveClock',
      'pushLocalConfiguration',
      'putState',
      'reset',
      'saveSnapshot',
    ])
  })

  it('describes the failures of every operation', async () => {
    const { operations } = await description()
    const failure = { 'application/json': { schema: { $ref: '#/components/schemas/ControlFailure' } } }

    for (const { responses } of operations) {
      expect(responses).toMatchObject({ '4XX': { content: failure }, '5XX': { content: failure } })
    }
  })

  it('names each model once and refers to it', async () => {
    const { document } = await description()
    const references = new Set(JSON.stringify(document).match(/(?<=#\/components\/schemas\/)\w+/g))

    expect(new Set(Object.keys(document.components.schemas))).toEqual(references)
    expect([...references]).toEqual(expect.arrayContaining(['ClockMove', 'Connector', 'State', 'WorldEvent']))
  })
})

describe('/_mockflared/docs', () => {
  it('is a page', async () => {
    const { statusCode, headers } = await get('/docs')

    expect([statusCode, headers['content-type']]).toEqual([200, expect.stringContaining('text/html')])
  })
})
