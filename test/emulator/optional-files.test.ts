/** What a server without metrics loads. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { serve } from '../support/command.ts'
import { temporaryFile } from '../support/temporary.ts'

const TRACE = resolve('test/support/loaded-files.ts')
const OPTIONAL = /\/src\/metrics\/|\/node_modules\/(?:prom-client|@opentelemetry)\//

/** The files that a server has loaded after its first answers, of those that are not always needed. */
async function loadedFiles(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<readonly string[]> {
  const list = temporaryFile('loaded')
  const server = await serve(args, { env: { NODE_OPTIONS: `--import=${TRACE}`, LOADED_FILES: list, ...environment } })
  expect(await server.api('GET', '')).toMatchObject({ status: 200 })
  expect(await server.control('GET', '/')).toMatchObject({ status: 200 })
  await server.stop('SIGTERM')
  return readFileSync(list, 'utf8')
    .split('\n')
    .filter(file => OPTIONAL.test(file))
}

it('a server without metrics loads no file for them', async () => {
  expect(await loadedFiles([])).toEqual([])
})

it('a server with metrics loads their files', async () => {
  expect((await loadedFiles(['--metrics'])).length).toBeGreaterThan(10)
})
