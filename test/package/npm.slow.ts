/** What becomes of a server when the npm that runs it ends. */
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { kill } from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyProject, pack } from '../support/empty-project.ts'
import { serveWithNpm } from '../support/npm-process.ts'

/** The server looks twice a second whether npm is there. */
const PATIENCE = { timeout: 10_000 }

const project = emptyProject()

beforeAll(async () => {
  const { filename } = await pack(project.folder)
  await project.install(`./${filename}`)
})

afterAll(() => rmSync(project.folder, { recursive: true }))

describe.each([
  ['npm start in a clone', '.', 'npm start'],
  ['npx in a clone', '.', 'npx mockflared'],
  ['npx in a project', project.folder, 'npx mockflared'],
  ['npm exec in a project', project.folder, 'npm exec mockflared'],
])('%s', (_what, folder, command) => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('stops the server on %s', async signal => {
    const { npm, isServing } = await serveWithNpm(folder, command)
    expect(await isServing()).toBe(true)
    npm.kill(signal)

    await expect.poll(isServing, PATIENCE).toBe(false)
  })

  it('stops the server on Ctrl+C, which a terminal sends to the whole group', async () => {
    const { npm, isServing } = await serveWithNpm(folder, command)
    kill(-Number(npm.pid), 'SIGINT')

    await expect.poll(isServing, PATIENCE).toBe(false)
  })

  it('keeps the server when the shell ends that started it in the background', async () => {
    const { npm: shell, isServing } = await serveWithNpm(folder, `${command} & sleep 3`)
    await once(shell, 'exit')
    await setTimeout(2_000)

    expect(await isServing()).toBe(true)
  })
})

describe('a server that another program starts within npm', () => {
  it('ends with that npm', async () => {
    project.write('start.js', "import { spawn } from 'node:child_process'\nspawn('mockflared', { stdio: 'inherit' })")
    const { npm, isServing } = await serveWithNpm(project.folder, "npm exec -c 'node start.js'")
    npm.kill('SIGKILL')

    await expect.poll(isServing, PATIENCE).toBe(false)
  })
})
