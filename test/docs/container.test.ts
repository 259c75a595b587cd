/**
 * Checks the files for containers without running them. scripts/image.sh builds and runs the image.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { env, execPath } from 'node:process'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { State } from '../../schemas/state.ts'
import { OPTION_NAMES, spellingsOf, variableOf } from '../../src/config/options.ts'
import { resolveSettings } from '../../src/config/resolve.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'

const run = promisify(execFile)

function textOf(file: string): string {
  return readFileSync(file, 'utf8')
}

interface Variable {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } }
}

interface Container {
  readonly name: string
  readonly image: string
  readonly securityContext: object
  readonly resources: object
  readonly env: readonly Variable[]
  readonly [key: string]: unknown
}

/** The parts of a manifest that the tests use. */
interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string }
  readonly data: Readonly<Record<string, string>>
  readonly stringData?: Readonly<Record<string, string>>
  readonly spec: {
    readonly replicas: number
    readonly template: {
      readonly spec: { readonly enableServiceLinks: boolean; readonly containers: readonly Container[] }
    }
  }
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

interface YamlParser {
  readonly parseAllDocuments: <T>(
    text: string,
  ) => readonly { readonly errors: readonly Error[]; readonly toJS: () => T }[]
}

/** The parser of @fastify/swagger, so that a test needs no dependency of its own. */
const yaml: YamlParser = createRequire(createRequire(import.meta.url).resolve('@fastify/swagger'))('yaml')

function documentsIn<T>(file: string): T[] {
  return yaml.parseAllDocuments<T>(textOf(file)).map(document => {
    expect(document.errors).toEqual([])
    return document.toJS()
  })
}

const FIXED_ADDRESS = 'examples/compose.fixed-address.yaml'
const MANIFESTS = ['examples/kubernetes.yaml', 'examples/fleet.yaml']

it.each([
  'Dockerfile',
  'compose.yaml',
  FIXED_ADDRESS,
  'scripts/image.sh',
  'docs/container.md',
  'docs/fleet.md',
  ...MANIFESTS,
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

/** The variables of a container, with values from the Secrets that it names. */
function environmentOf({ env: variables = [] }: Partial<Container>, manifests: readonly Manifest[]) {
  const secrets = new Map(manifests.map(({ metadata, stringData = {} }) => [metadata.name, stringData]))
  const textIn = ({ value, valueFrom }: Variable) =>
    value ?? secrets.get(valueFrom?.secretKeyRef.name ?? '')?.[valueFrom?.secretKeyRef.key ?? '']
  return Object.fromEntries(variables.map(variable => [variable.name, textIn(variable)]))
}

describe.each(MANIFESTS)('%s', file => {
  const manifests = documentsIn<Manifest>(file)
  const workloads = manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
  const containers = workloads.flatMap(({ spec }) => spec.template.spec.containers)
  const mockflared = containers.find(({ name }) => name === 'mockflared')

  it('has a liveness and a readiness probe for mockflared', () => {
    expect(mockflared).toMatchObject({
      livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
      readinessProbe: { httpGet: { path: '/readyz', port: 'http' } },
    })
  })

  it('gives mockflared five seconds to answer a probe, and a minute to recover', () => {
    expect(mockflared).toMatchObject({
      startupProbe: { timeoutSeconds: 5 },
      readinessProbe: { timeoutSeconds: 5 },
      livenessProbe: { timeoutSeconds: 5, periodSeconds: 10, failureThreshold: 6 },
    })
  })

  it('restricts the privileges and the resources of its containers', () => {
    for (const { securityContext, resources } of containers) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
      expect(resources).toEqual({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { memory: expect.any(String) },
      })
    }
  })

  it('sets no Service variables, because one has the name of our port option', () => {
    const pod = workloads.find(({ metadata }) => metadata.name === 'mockflared')?.spec.template.spec

    expect(pod?.enableServiceLinks).toBe(false)
  })

  it('sets variables with which the commands of docs/fleet.md succeed', async () => {
    const [, commands = ''] = /^```sh fleet\n(.*?)^```/ms.exec(textOf('docs/fleet.md')) ?? []
    const environment = environmentOf(mockflared ?? {}, manifests)
    const { options } = resolveSettings({ flag: () => undefined, environment })
    const { url, baseURL, close } = await createEmulator({ ...options, port: 0, log: 'off' })
    onTestFinished(() => close())
    const script = commands.replaceAll(/^curl /gm, 'curl --silent --show-error --fail-with-body ')
    const shell = { ...env, ...environment, CLOUDFLARE_BASE_URL: baseURL }

    expect((await fetch(`${url}/_mockflared/worlds`)).status).toBe(403)
    expect((await run('bash', ['-euc', script], { env: shell })).stdout).toContain('"base_url"')
  })

  it('has seeds that load', async () => {
    const files = manifests.find(({ metadata }) => metadata.name === 'mockflared-seeds')?.data ?? {}
    const seed = Object.values(files).map((text): State => JSON.parse(text))
    const emulator = await createEmulator({ listen: false, seed })
    onTestFinished(() => emulator.close())

    expect(Object.keys(files)).toEqual([expect.stringMatching(/\.json$/)])
    expect((await emulator.control.getState()).tunnels).toHaveLength(1)
  })
})

describe('the balancer of examples/fleet.yaml', () => {
  const manifests = documentsIn<Manifest>('examples/fleet.yaml')
  const nginx = manifests.find(({ metadata }) => metadata.name === 'mockflared-balancer')?.data['nginx.conf'] ?? ''

  it('contains the configuration that docs/fleet.md shows', () => {
    const [, documented = ''] = /```nginx\n(.*?)```/s.exec(textOf('docs/fleet.md')) ?? []
    const [documentedLines, lines] = [documented, nginx].map(text => text.split('\n').map(line => line.trim()))

    expect(documentedLines?.length).toBeGreaterThan(10)
    expect(lines).toEqual(expect.arrayContaining(documentedLines ?? []))
  })

  it('has a server for every replica, each with its own Service', () => {
    const replicas = manifests.find(({ kind }) => kind === 'StatefulSet')?.spec.replicas
    const services = manifests.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name)
    const servers = [...nginx.matchAll(/server (mockflared-\d+):8844/g)].map(([, name]) => name)

    expect(servers).toHaveLength(replicas ?? 0)
    expect(services).toEqual(expect.arrayContaining(servers))
  })

  it.each([
    ['/w/job-4711/client/v4/accounts?page=1', 'job-4711'],
    ['/w/job-4711', 'job-4711'],
    ['/_mockflared/worlds/job-4711', 'job-4711'],
    ['/_mockflared/worlds', undefined],
    ['/client/v4/accounts', undefined],
  ])('for %s finds the world %s', (url, world) => {
    const patterns = [...nginx.matchAll(/"~(\^\S+)"/g)].map(([, pattern = '']) => new RegExp(pattern))
    const [found] = patterns.flatMap(pattern => pattern.exec(url)?.slice(1) ?? [])

    expect(patterns).toHaveLength(2)
    expect(found).toBe(world)
  })
})
