/** octoDNS brings a zone to the state of a file. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outputOf, run } from '../support/clients/child.ts'
import { pythonEnvironment } from '../support/clients/python.ts'
import { startWorld } from '../support/clients/world.ts'
import { temporaryFolder } from '../support/temporary.ts'

const SOURCE = 'test/programs/octodns'
const { skipReason, program } = await pythonEnvironment(`${SOURCE}/requirements.txt`)

/** Returns a function that applies a file of records, and returns the summary that octoDNS prints. */
async function start() {
  const { env, dnsRecords, expectNothingLeft } = await startWorld()
  const project = temporaryFolder()
  cpSync(`${SOURCE}/octodns.yaml`, join(project, 'octodns.yaml'))

  return {
    dnsRecords,
    expectNothingLeft,
    apply: async (records: string): Promise<string | undefined> => {
      cpSync(`${SOURCE}/${records}`, join(project, 'example.com.yaml'))
      // Without --force, octoDNS refuses to delete most of a zone.
      const args = ['--config-file', 'octodns.yaml', '--doit', '--force']
      const output = outputOf(await run(program('octodns-sync'), args, { env, cwd: project }))
      return /Summary: .*|No changes were planned/.exec(output)?.[0]
    },
  }
}

describe.skipIf(skipReason)(`${skipReason && `SKIPPED: octoDNS: ${skipReason}: `}octoDNS`, () => {
  it('fills a zone, changes it and empties it, and plans no changes after each', async () => {
    const { apply, dnsRecords, expectNothingLeft } = await start()
    const names = async () => (await dnsRecords()).map(({ name }) => name).toSorted()

    expect(await apply('before.yaml')).toContain('Creates=7, Updates=0, Deletes=0')
    expect(await apply('before.yaml')).toBe('No changes were planned')
    expect(await names()).toHaveLength(9)

    expect(await apply('after.yaml')).toContain('Creates=0, Updates=3, Deletes=4')
    expect(await apply('after.yaml')).toBe('No changes were planned')
    expect(await names()).toEqual(['blog.example.com', 'example.com', 'www.example.com', 'www.example.com'])

    expect(await apply('empty.yaml')).toContain('Creates=0, Updates=0, Deletes=3')
    expect(await apply('empty.yaml')).toBe('No changes were planned')
    await expectNothingLeft()
  })
})
