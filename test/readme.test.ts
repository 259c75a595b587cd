/** What the README tells a reader to run is run, word for word. */
import { execFile } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { env, execPath } from 'node:process'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../src/emulator.ts'
import { VERSION } from '../src/version.ts'

const run = promisify(execFile)
const readme = readFileSync('README.md', 'utf8')

const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, code = '']) => code)

const startDemo = async () => {
  const emulator = await createEmulator({ port: 0, seed: ['demo'] })
  onTestFinished(() => emulator.close())
  return { ...env, CLOUDFLARE_BASE_URL: emulator.baseURL, CLOUDFLARE_API_TOKEN: 'any-token' }
}

/** A module beside the tests, so that it finds the packages that a user has installed. */
const moduleOf = (code: string): string => {
  const file = new URL(`readme-${Math.random().toString(36).slice(2)}.mjs`, import.meta.url).pathname
  writeFileSync(file, code)
  onTestFinished(() => rmSync(file))
  return file
}

describe('the README', () => {
  const [commands = '', ...requests] = blocks('sh')

  it('starts with commands that package.json knows', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))

    expect(commands).toBe('npm ci\nnpm start\n')
    expect(scripts).toMatchObject({ start: expect.any(String), demo: expect.any(String) })
  })

  it('shows the lines that are really printed', () => {
    expect(blocks('text')[0]).toContain(`mockflared ${VERSION} listens on http://127.0.0.1:8844`)
  })

  it.each(requests)('has a request that succeeds: %.60s', async request => {
    const { stdout } = await run('bash', ['-c', request], { env: await startDemo() })

    expect(JSON.parse(stdout)).toMatchObject({ success: true })
  })

  it('has a call of the SDK that prints the tunnel it made', async () => {
    const [code = ''] = blocks('js')
    const { stdout } = await run(execPath, [moduleOf(code)], { env: await startDemo() })

    expect(stdout).toBe('shop inactive\n')
  })

  it('has a library example that starts and stops', async () => {
    const [code = ''] = blocks('ts')
    const source = code.replace("'mockflared'", "'../src/index.ts'")

    expect(source).not.toBe(code)
    await expect(run(execPath, [moduleOf(source)])).resolves.toMatchObject({ stderr: '' })
  })
})
