/**
 * Cloudflare's SDK for Go, pinned in go/go.mod. Compiling takes most of the time, once per version.
 */
import { describe, it } from 'vitest'
import { goProgram } from '../support/clients/go.ts'
import { expectTwelveOperations } from '../support/clients/programs.ts'

const { skipReason, program, compile } = await goProgram('test/clients/go')

describe.skipIf(skipReason)(`${skipReason && `SKIPPED: ${skipReason}: `}the SDK for Go`, () => {
  compile()

  it('calls the twelve operations', () => expectTwelveOperations(program, []))
})
