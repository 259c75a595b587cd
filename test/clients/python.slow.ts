/** Cloudflare's SDK for Python, as pinned in python/requirements.txt, in an environment of its own. */
import { join } from 'node:path'
import { afterAll, describe, it } from 'vitest'
import { folder, run } from '../support/clients/child.ts'
import { expectTwelveOperations } from '../support/clients/programs.ts'

const SOURCE = 'test/clients/python'

const environment = folder()
const python = join(environment.path, 'bin/python')

/** Why it cannot be run here; empty when it can. */
async function prepare(): Promise<string> {
  const made = await run('python3', ['-m', 'venv', environment.path])
  if (made.code !== 0) return `there is no python3 that makes environments (${made.code})`

  const installed = await run(python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--requirement',
    `${SOURCE}/requirements.txt`,
  ])
  return installed.code === 0 ? '' : 'its packages cannot be had'
}

const missing = await prepare()

afterAll(() => environment[Symbol.dispose]())

describe.skipIf(missing)(`${missing && `SKIPPED: ${missing}: `}the SDK for Python`, () => {
  it('goes through the twelve operations', () => expectTwelveOperations(python, [`${SOURCE}/tunnels.py`]))
})
