/** The GitHub Action, as a runner runs it: the script of action.yml with the variables and files of a job. */
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cwd, env, execPath, kill } from 'node:process'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { emptyProject, pack } from '../support/empty-project.ts'
import { temporaryFolder } from '../support/temporary.ts'

const run = promisify(execFile)

const action = parse(readFileSync('action.yml', 'utf8'))
const [step] = action.runs.steps

const { folder: packs } = emptyProject()
let tarball: string

beforeAll(async () => {
  tarball = join(packs, (await pack(packs)).filename)
  return () => rmSync(packs, { recursive: true })
})

/** The step of the action in a new job, with the packed product. */
async function runStep(options: string) {
  const folder = temporaryFolder()
  const files = { GITHUB_ENV: 'env', GITHUB_OUTPUT: 'output', GITHUB_PATH: 'path' }
  const variables = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(folder, file)]))
  for (const file of Object.values(variables)) writeFileSync(file, '')
  const PATH = `${dirname(execPath)}:${env.PATH}`
  const inputs = { INPUT_OPTIONS: options, INPUT_PACKAGE: tarball }
  const runner = { RUNNER_TEMP: join(folder, 'temp'), GITHUB_ACTION_PATH: cwd() }
  const job = { ...env, PATH, ...variables, ...runner, ...inputs }
  mkdirSync(job.RUNNER_TEMP)
  const { stdout } = await run('bash', ['-c', step.run], { cwd: folder, env: job }).catch(error => error)
  return { stdout, job, settings: (name: string) => settingsIn(variables[name] ?? ''), variables }
}

/** The lines `NAME=value` of a file. */
function settingsIn(file: string): Record<string, string> {
  return Object.fromEntries(
    [...readFileSync(file, 'utf8').matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  )
}

describe('action.yml', () => {
  it('hands every input to the script, and takes every output from it', () => {
    const script = readFileSync('scripts/action.sh', 'utf8')

    expect(Object.keys(step.env)).toEqual(Object.keys(action.inputs).map(name => `INPUT_${name.toUpperCase()}`))
    for (const name of Object.keys(step.env)) expect(script).toContain(`\${${name}:-`)
    for (const [name, { value }] of Object.entries<{ value: string }>(action.outputs)) {
      expect(value).toBe(`\${{ steps.start.outputs.${name} }}`)
    }
  })

  it('starts a server that the later steps of the job find', async () => {
    const { job, settings, variables } = await runStep('--port 0 --seed demo')
    const { url, log = '', pid } = settings('GITHUB_OUTPUT')
    const later = { ...job, ...settings('GITHUB_ENV') }
    const PATH = `${readFileSync(variables.GITHUB_PATH ?? '', 'utf8').trim()}:${job.PATH}`
    onTestFinished(() => void kill(Number(pid), 'SIGTERM'))

    expect(readFileSync(log, 'utf8')).toContain(`listens on ${url}`)
    expect(later).toMatchObject({ CLOUDFLARE_BASE_URL: `${url}/client/v4`, MOCKFLARED_URL: url })
    expect((await run('mockflared', ['tunnels'], { env: { ...later, PATH } })).stdout).toContain('shop-web')
  })

  it('fails with the log of a server that does not start', async () => {
    expect((await runStep('--port none')).stdout).toMatch(/^::error::mockflared does not start\n.*--port/s)
  })
})
