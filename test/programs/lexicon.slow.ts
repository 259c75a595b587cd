/** lexicon, which has the address of Cloudflare built in. */
import { describe, expect, it } from 'vitest'
import { reasonAgainstFixedAddress, startAtFixedAddress } from '../support/clients/fixed-address.ts'
import { pythonEnvironment } from '../support/clients/python.ts'

const SOURCE = 'test/programs/lexicon'
const environment = await pythonEnvironment(`${SOURCE}/requirements.txt`)
const skipReason = environment.skipReason || (await reasonAgainstFixedAddress())

describe.skipIf(skipReason)(`${skipReason && `SKIPPED: lexicon: ${skipReason}: `}lexicon`, () => {
  it.each([
    ['TXT', '_acme-challenge', 'first', 'second'],
    ['A', 'www', '203.0.113.1', '203.0.113.2'],
    ['CNAME', 'blog', 'one.example.net', 'two.example.net'],
  ])('creates, lists, updates and deletes a record of type %s', async (type, name, before, after) => {
    const { run, expectNothingLeft } = await startAtFixedAddress()
    const program = [`${SOURCE}/records.py`, type, name, before, after]

    const { stdout, ...outcome } = await run(environment.program('python'), program)
    expect(outcome).toMatchObject({ code: 0 })
    expect(JSON.parse(stdout)).toEqual([[], [before], [after], []])
    await expectNothingLeft()
  })
})
