/** What a server without the edge loads. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { serve } from '../support/command.ts'
import { temporaryFile } from '../support/temporary.ts'

const TRACE = resolve('test/support/loaded-files.ts')

/** The files of the edge that a server has loaded after its first answers. */
async function filesOfTheEdge(...args: readonly string[]): Promise<readonly string[]> {
  const list = temporaryFile('loaded')
  const server = await serve(args, { env: { NODE_OPTIONS: `--import=${TRACE}`, LOADED_FILES: list } })
  expect(await server.api('GET', '')).toMatchObject({ status: 200 })
  expect(await server.control('GET', '/')).toMatchObject({ status: 200 })
  await server.stop('SIGTERM')
  return readFileSync(list, 'utf8')
    .split('\n')
    .filter(file => file.includes('/src/edge/'))
}

it('a server without the edge loads no file of it', async () => {
  expect(await filesOfTheEdge()).toEqual([])
})

it('a server with the edge loads its files', async () => {
  expect((await filesOfTheEdge('--edge-port', '0')).length).toBeGreaterThan(10)
})
