/**
 * The files around the container, as far as they can be read: what they set exists, and what they promise is there.
 * scripts/image.sh builds and runs the image.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { env, execPath } from 'node:process'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { State } from '../../schemas/state.ts'
import { OPTION_NAMES, variableOf } from '../../src/config/options.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'

const run = promisify(execFile)

function textOf(file: string): string {
  return readFileSync(file, 'utf8')
}

interface Container {
  readonly name: string
  readonly image: string
  readonly securityContext: object
  readonly resources: object
  readonly [key: string]: unknown
}

/** As much of a manifest as is looked at. */
interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string }
  readonly data: Readonly<Record<string, string>>
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

interface YamlParser {
  readonly parseAllDocuments: <T>(
    text: string,
  ) => readonly { readonly errors: readonly Error[]; readonly toJS: () => T }[]
}

/** The parser that comes with @fastify/swagger: no dependency of our own, for a test. */
const yaml: YamlParser = createRequire(createRequire(import.meta.url).resolve('@fastify/swagger'))('yaml')

function documentsIn<T>(file: string): T[] {
  return yaml.parseAllDocuments<T>(textOf(file)).map(document => {
    expect(document.errors).toEqual([])
    return document.toJS()
  })
}

const MANIFESTS = ['examples/kubernetes.yaml', 'examples/fleet.yaml']

it.each(['Dockerfile', 'compose.yaml', 'scripts/image.sh', 'docs/container.md', 'docs/fleet.md', ...MANIFESTS])(
  '%s sets no variable that there is not',
  file => {
    const known = OPTION_NAMES.map(variableOf)
    const set = [...textOf(file).matchAll(/\b(MOCKFLARED_[A-Z_]+)\b(?==|:| *,|`)/g)].map(([, name = '']) => name)

    expect(set.filter(name => !known.includes(name))).toEqual([])
  },
)

describe('compose.yaml', () => {
  const [compose] = documentsIn<Compose>('compose.yaml')

  it('has a client that waits until the double is healthy', () => {
    expect(compose?.services.client.depends_on).toEqual({ mockflared: { condition: 'service_healthy' } })
  })

  it('has a client whose command succeeds with the seed that is mounted', async () => {
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

describe.each(MANIFESTS)('%s', file => {
  const manifests = documentsIn<Manifest>(file)
  const workloads = manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
  const containers = workloads.flatMap(({ spec }) => spec.template.spec.containers)
  const double = containers.find(({ name }) => name === 'mockflared')

  it('asks the double whether it is alive and ready', () => {
    expect(double).toMatchObject({
      livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
      readinessProbe: { httpGet: { path: '/readyz', port: 'http' } },
    })
  })

  it('gives its containers what they need and no more', () => {
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

  it('keeps the variables of a Service out, one of which is called as our port is', () => {
    const pod = workloads.find(({ metadata }) => metadata.name === 'mockflared')?.spec.template.spec

    expect(pod?.enableServiceLinks).toBe(false)
  })

  it('has seeds that can be planted', async () => {
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

  it('is set as docs/fleet.md shows', () => {
    const [, shown = ''] = /```nginx\n(.*?)```/s.exec(textOf('docs/fleet.md')) ?? []
    const [linesShown, lines] = [shown, nginx].map(text => text.split('\n').map(line => line.trim()))

    expect(linesShown?.length).toBeGreaterThan(10)
    expect(lines).toEqual(expect.arrayContaining(linesShown ?? []))
  })

  it('knows every replica, by a Service of its own', () => {
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
  ])('takes the world out of %s', (url, world) => {
    const patterns = [...nginx.matchAll(/"~(\^\S+)"/g)].map(([, pattern = '']) => new RegExp(pattern))
    const [found] = patterns.flatMap(pattern => pattern.exec(url)?.slice(1) ?? [])

    expect(patterns).toHaveLength(2)
    expect(found).toBe(world)
  })
})
