/**
 * Checks the files for containers without running them. scripts/image.sh builds and runs the image.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { env, execPath } from 'node:process'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { OPTION_NAMES, spellingsOf, variableOf } from '../../src/config/options.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { documentsIn } from '../support/yaml.ts'

const run = promisify(execFile)

function textOf(file: string): string {
  return readFileSync(file, 'utf8')
}

interface Compose {
  readonly services: {
    readonly mockflared: { readonly volumes: readonly string[] }
    readonly client: { readonly command: readonly string[]; readonly depends_on: object }
  }
}

interface FixedAddressCompose {
  readonly services: {
    readonly mockflared: {
      readonly networks: { readonly default: { readonly aliases: readonly string[] } }
      readonly volumes: readonly string[]
    }
    readonly program: { readonly environment: object; readonly volumes: readonly string[] }
  }
}

const FIXED_ADDRESS = 'examples/compose.fixed-address.yaml'

it.each([
  'Dockerfile',
  'compose.yaml',
  FIXED_ADDRESS,
  'scripts/image.sh',
  'docs/container.md',
  'docs/fleet.md',
  'examples/kubernetes.yaml',
  'examples/fleet.yaml',
])('%s sets no unknown variable', file => {
  const known = OPTION_NAMES.flatMap(spellingsOf).map(variableOf)
  const set = [...textOf(file).matchAll(/\b(MOCKFLARED_[A-Z_]+)\b(?==|:| *,|`)/g)].map(([, name = '']) => name)

  expect(set.filter(name => !known.includes(name))).toEqual([])
})

describe('compose.yaml', () => {
  const [compose] = documentsIn<Compose>('compose.yaml')

  it('has a client that waits until mockflared is healthy', () => {
    expect(compose?.services.client.depends_on).toEqual({ mockflared: { condition: 'service_healthy' } })
  })

  it('has a client whose command succeeds with the mounted seed', async () => {
    const [file = '', target] = compose?.services.mockflared.volumes[0]?.split(':') ?? []
    const [program, ...args] = compose?.services.client.command ?? []
    const { baseURL, close } = await createEmulator({ port: 0, seed: [file] })
    onTestFinished(() => close())
    const environment = { ...env, CLOUDFLARE_BASE_URL: baseURL, CLOUDFLARE_API_TOKEN: 'any-token' }
    const { stdout } = await run(execPath, args, { env: environment })

    expect({ program, target }).toEqual({ program: 'node', target: '/seeds/every-status.json' })
    expect(stdout).toMatch(/^healthy\S* healthy$/m)
  })
})

describe(FIXED_ADDRESS, () => {
  const [compose] = documentsIn<FixedAddressCompose>(FIXED_ADDRESS)

  it('has a program that finds mockflared and its CA under the name of Cloudflare', () => {
    const { mockflared, program } = compose?.services ?? {}

    expect(mockflared?.networks.default.aliases).toEqual(['api.cloudflare.com'])
    expect(textOf('Dockerfile')).toMatch(/MOCKFLARED_TLS_DIR=\/data\/tls\b/)
    expect(mockflared?.volumes).toEqual(['mockflared:/data'])
    expect(program?.volumes).toEqual(['mockflared:/mockflared:ro'])
    expect(program?.environment).toEqual({ CURL_CA_BUNDLE: '/mockflared/tls/ca-bundle.pem' })
  })
})
