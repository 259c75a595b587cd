/** What a server loads for metrics and for spans. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { serve } from '../support/command.ts'
import { temporaryFile } from '../support/temporary.ts'

const TRACE = resolve('test/support/loaded-files.ts')
const WITHOUT_PACKAGE = resolve('test/support/without-opentelemetry.ts')
const OPTIONAL = /\/src\/(?:metrics|tracing)\/|\/node_modules\/(?:prom-client|@opentelemetry)\//

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

it.each([{}, { OTEL_SERVICE_NAME: '' }, { OTEL_SERVICE_NAME: 'mockflared', OTEL_SDK_DISABLED: 'true' }])(
  'a server without metrics and with the variables %j loads no file for either',
  async variables => {
    expect(await loadedFiles([], variables)).toEqual([])
  },
)

it('a server with metrics loads their files', async () => {
  expect((await loadedFiles(['--metrics'])).length).toBeGreaterThan(10)
})

it('a server with a variable of OpenTelemetry loads its package', async () => {
  expect(await loadedFiles([], { OTEL_SERVICE_NAME: 'mockflared' })).toEqual(
    expect.arrayContaining([
      expect.stringContaining('/src/tracing/spans.ts'),
      expect.stringContaining('/node_modules/@opentelemetry/api/'),
    ]),
  )
})

it('a server with a variable of OpenTelemetry starts without its package', async () => {
  const server = await serve([], {
    env: { OTEL_SERVICE_NAME: 'mockflared', NODE_OPTIONS: `--import=${WITHOUT_PACKAGE}` },
  })

  expect(await server.api('GET', '')).toMatchObject({ status: 200 })
})
