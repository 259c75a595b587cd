/**
 * external-dns: its provider for Cloudflare with its registry and its plan. Its command itself
 * watches Kubernetes.
 */
import { describe, expect, it } from 'vitest'
import { outputOf, run } from '../support/clients/child.ts'
import { goProgram } from '../support/clients/go.ts'
import { startWorld } from '../support/clients/world.ts'

const { skipReason, program, compile } = await goProgram('test/programs/external-dns')

const endpoint = (dnsName: string, recordType: string, ...targets: readonly string[]) => ({
  dnsName,
  recordType,
  targets,
})
const BEFORE = [
  endpoint('blog.example.com', 'CNAME', 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415.cfargotunnel.com'),
  endpoint('www.example.com', 'A', '203.0.113.1', '203.0.113.2'),
]
const AFTER = [
  endpoint('blog.example.com', 'CNAME', '1bedc50d-42b3-473c-b108-ff3d10c0d925.cfargotunnel.com'),
  endpoint('www.example.com', 'A', '203.0.113.2'),
]
const NO_CHANGES = { created: 0, updated: 0, deleted: 0 }

describe.skipIf(skipReason)(`${skipReason && `SKIPPED: external-dns: ${skipReason}: `}external-dns`, () => {
  compile()

  it('fills a zone, changes it and empties it, and plans no changes after each', async () => {
    const { env, dnsRecords, expectNothingLeft } = await startWorld()
    const variables = { ...env, CF_API_TOKEN: env.CLOUDFLARE_API_TOKEN }
    const apply = async (endpoints: readonly object[]) => {
      const outcome = await run(program, [], { env: variables, input: JSON.stringify(endpoints) })
      outputOf(outcome)
      return JSON.parse(outcome.stdout)
    }

    expect(await apply(BEFORE)).toEqual({ created: 2, updated: 0, deleted: 0 })
    expect(await apply(BEFORE)).toEqual(NO_CHANGES)
    expect((await dnsRecords()).map(({ type }) => type).toSorted()).toEqual(['A', 'A', 'CNAME', 'TXT', 'TXT'])

    expect(await apply(AFTER)).toEqual({ created: 0, updated: 2, deleted: 0 })
    expect(await apply(AFTER)).toEqual(NO_CHANGES)

    expect(await apply([])).toEqual({ created: 0, updated: 0, deleted: 2 })
    expect(await apply([])).toEqual(NO_CHANGES)
    await expectNothingLeft()
  })
})
