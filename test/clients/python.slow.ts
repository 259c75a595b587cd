/** Cloudflare's SDK for Python, pinned in python/requirements.txt. */
import { describe, it } from 'vitest'
import { expectTwelveOperations } from '../support/clients/programs.ts'
import { pythonEnvironment } from '../support/clients/python.ts'

const SOURCE = 'test/clients/python'
const { skipReason, program } = await pythonEnvironment(`${SOURCE}/requirements.txt`)

describe.skipIf(skipReason)(`${skipReason && `SKIPPED: ${skipReason}: `}the SDK for Python`, () => {
  it('calls the twelve operations', () => expectTwelveOperations(program('python'), [`${SOURCE}/tunnels.py`]))
})
