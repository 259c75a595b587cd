/**
 * Cloudflare's SDKs do what most programs do with them: publish a hostname through a tunnel.
 */
import { execPath } from 'node:process'
import { describe, it } from 'vitest'
import { goProgram } from '../support/clients/go.ts'
import { projectFrom } from '../support/clients/project.ts'
import { expectPublishing } from '../support/clients/publishing.ts'
import { pythonEnvironment } from '../support/clients/python.ts'

describe('the SDK for TypeScript', () => {
  it.each([4, 5, 6, 7])('version %i publishes a hostname and takes it down', async major => {
    await expectPublishing(execPath, ['publish.mjs', `cloudflare-${major}`], projectFrom('test/programs/sdk'))
  })
})

describe.each([
  ['the SDK for Python', await pythonEnvironment('test/clients/python/requirements.txt'), 'publish.py'],
  ['version 2 of the SDK for Python', await pythonEnvironment('test/programs/sdk/requirements-2.txt'), 'publish_2.py'],
])('%s', (name, { skipReason, program }, source) => {
  it.skipIf(skipReason)(
    `${skipReason && `SKIPPED: ${name}: ${skipReason}: `}publishes a hostname and takes it down`,
    () => expectPublishing(program('python'), [`test/programs/sdk/${source}`]),
  )
})

describe.each([
  ['the SDK for Go', await goProgram('test/programs/go')],
  ['version 0 of the SDK for Go', await goProgram('test/programs/go-0')],
])('%s', (name, { skipReason, program, compile }) => {
  if (!skipReason) compile()

  it.skipIf(skipReason)(
    `${skipReason && `SKIPPED: ${name}: ${skipReason}: `}publishes a hostname and takes it down`,
    () => expectPublishing(program, []),
  )
})
