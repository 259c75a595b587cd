/** The workflows of GitHub Actions, which run nowhere but there: what they run is a script that runs here. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { VERSION } from '../../src/config/version.ts'

const run = promisify(execFile)

interface Step {
  readonly run?: string
  readonly uses?: string
}

interface Workflow {
  readonly permissions: object
  readonly jobs: Readonly<Record<string, { readonly 'timeout-minutes'?: number; readonly steps: readonly Step[] }>>
}

function workflow(name: string): Workflow {
  return parse(readFileSync(`.github/workflows/${name}.yml`, 'utf8'))
}

function commandsOf({ jobs }: Workflow): string[] {
  return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(step => step.run ?? []))
}

describe('the workflow release', () => {
  it('runs only scripts that npm run test:release runs without publishing', () => {
    const scripts = commandsOf(workflow('release')).filter(command => command !== 'npm ci')
    const dryRun = readFileSync('scripts/release/dry-run.sh', 'utf8')
    const [, list = ''] = /^for script in (.*); do$/m.exec(dryRun) ?? []

    const names = scripts.map(command => /^scripts\/release\/(\w+\.sh)\b/.exec(command)?.[1])
    expect(new Set(names)).toEqual(new Set(list.match(/\w+\.sh/g)))
  })

  it('stops for a tag that is not the version of the package', async () => {
    await expect(run('scripts/release/check.sh', ['v9.9.9'])).rejects.toMatchObject({
      stderr: `FAILED: the tag is v9.9.9, package.json has ${VERSION}\n`,
    })
  })

  it('finds the version of the package in all other files, and its part of the changelog', async () => {
    const { stdout } = await run('scripts/release/check.sh', [`v${VERSION}`])

    expect(stdout).toContain(`everything has version ${VERSION}`)
  })
})

it('the workflow ci runs .ci/run', () => {
  expect(commandsOf(workflow('ci'))).toContain('.ci/run')
})

it.each(['ci', 'release'])('the workflow %s may only read by default, and every job ends after a time', name => {
  const { permissions, jobs } = workflow(name)

  expect(permissions).toEqual({ contents: 'read' })
  for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0)
})
