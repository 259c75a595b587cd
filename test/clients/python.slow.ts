/** Cloudflare's SDK for Python, pinned in python/requirements.txt, in a virtual environment. */
import { join } from 'node:path'
import { afterAll, describe, it } from 'vitest'
import { disposableFolder, run } from '../support/clients/child.ts'
import { expectTwelveOperations } from '../support/clients/programs.ts'

const SOURCE = 'test/clients/python'

const environment = disposableFolder()
const python = join(environment.path, 'bin/python')

/** Installs the SDK. Returns the reason to skip the suite; empty if it can run. */
async function install(): Promise<string> {
  const created = await run('python3', ['-m', 'venv', environment.path])
  if (created.code !== 0) return `there is no python3 that makes environments (${created.code})`

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

const skipReason = await install()

afterAll(() => environment[Symbol.dispose]())

describe.skipIf(skipReason)(`${skipReason && `SKIPPED: ${skipReason}: `}the SDK for Python`, () => {
  it('calls the twelve operations', () => expectTwelveOperations(python, [`${SOURCE}/tunnels.py`]))
})
