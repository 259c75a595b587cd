import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { UNKNOWN_ID } from '../support/emulator.ts'

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly example?: string }[]
  readonly requestBody?: { readonly content: Record<string, { readonly example?: object }> }
}

interface Described {
  readonly method: string
  /** With the examples of its parameters. */
  readonly path: string
  readonly operation: Operation
  readonly example: object | undefined
}

/** The edge needs sockets, so only its own operations get one. */
async function start(path = '') {
  const edge = path.startsWith('/_mockflared/edge') ? { port: 0, edge_port: 0 } : { listen: false }
  const emulator = await createEmulator({ ...edge, seed: 'every-status' })
  onTestFinished(() => emulator.close())
  return emulator
}

/** The operations of a document that take a body. */
async function operationsWithBody(url: string): Promise<readonly Described[]> {
  const document = (await (await start()).inject({ url })).json()
  const paths: Record<string, Record<string, Operation>> = document.paths
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  return all.flatMap(({ path, method, operation }) => {
    const example = operation.requestBody?.content['application/json']?.example
    const filled = (operation.parameters ?? []).reduce(
      (text, parameter) => text.replace(`{${parameter.name}}`, parameter.example ?? UNKNOWN_ID),
      `${document.servers[0].url}${path}`,
    )
    return operation.requestBody ? [{ method, path: filled, operation, example }] : []
  })
}

describe.each([
  ['the emulated API', '/openapi.json', 5],
  ['the control plane', '/_mockflared/openapi.json', 14],
])('the document of %s', (_what, url, atLeast) => {
  it('has a useful example of every body, which no operation rejects', async () => {
    const described = await operationsWithBody(url)
    const rejected: unknown[] = []
    for (const { method, path, operation, example } of described) {
      const emulator = await start(path)
      const response = await emulator.inject({
        method: method.toUpperCase(),
        url: path,
        headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
        body: example ?? 'no example',
      })
      // 404: a connector or a snapshot that an example cannot know.
      if (![200, 201, 404].includes(response.statusCode)) rejected.push([operation.operationId, path, response.json()])
    }

    expect(described.filter(({ example }) => example === undefined)).toEqual([])
    expect(described.length).toBeGreaterThanOrEqual(atLeast)
    expect(rejected).toEqual([])
  })
})
