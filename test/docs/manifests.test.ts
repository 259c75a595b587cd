/**
 * Checks what the manifests say about mockflared. scripts/kubernetes.sh checks that they are valid
 * manifests, and that the chart renders them.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { env } from 'node:process'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { State } from '../../schemas/state.ts'
import { resolveSettings } from '../../src/config/resolve.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { blocks } from '../support/page-blocks.ts'
import { documentsIn } from '../support/yaml.ts'

const run = promisify(execFile)

const MANIFESTS = ['examples/kubernetes.yaml', 'examples/fleet.yaml']

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
    const [commands = ''] = blocks(readFileSync('docs/fleet.md', 'utf8'), 'sh fleet')
    const environment = environmentOf(mockflared ?? {}, manifests)
    const { options } = resolveSettings({ flag: () => undefined, environment })
    const { url, baseURL, close } = await createEmulator({ ...options, db: ':memory:', port: 0, log: 'off' })
    onTestFinished(() => close())
    const script = commands.replaceAll(/^curl /gm, 'curl --silent --show-error --fail-with-body ')
    const shell = { ...env, ...environment, CLOUDFLARE_BASE_URL: baseURL }

    expect((await fetch(`${url}/_mockflared/worlds`)).status).toBe(403)
    expect((await run('bash', ['-euc', script], { env: shell })).stdout).toContain('"base_url"')
  })

  it('keeps every world on a volume', () => {
    const { MOCKFLARED_DB } = environmentOf(mockflared ?? {}, manifests)

    expect(MOCKFLARED_DB).toBe('/data/db/')
    expect(mockflared?.volumeMounts).toContainEqual({ name: 'data', mountPath: '/data' })
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
  const configMaps = manifests.filter(({ kind }) => kind === 'ConfigMap')
  const nginx = configMaps.find(({ metadata }) => metadata.name === 'mockflared-balancer')?.data['nginx.conf'] ?? ''

  it('is the nginx of examples/fleet/nginx.conf', () => {
    const [, ...lines] = readFileSync('examples/fleet/nginx.conf', 'utf8').split('\n')

    expect(nginx.split('\n')).toEqual(lines)
  })

  it('is in front of replicas that refuse worlds of other replicas', () => {
    const [replica] = manifests.find(({ kind }) => kind === 'StatefulSet')?.spec.template.spec.containers ?? []

    expect(environmentOf(replica ?? {}, manifests)).toMatchObject({ MOCKFLARED_BEHIND_BALANCER: 'true' })
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

describe('the chart with every value', () => {
  it('sets options of mockflared to these values', () => {
    const manifests = documentsIn<Manifest>('charts/testdata/everything.yaml')
    const [replica] = manifests.find(({ kind }) => kind === 'StatefulSet')?.spec.template.spec.containers ?? []
    const { options } = resolveSettings({ flag: () => undefined, environment: environmentOf(replica ?? {}, manifests) })

    expect(options).toMatchObject({
      allow_origin: ['http://localhost:3000', 'https://app.example.com'],
      evidence: false,
      journal_size: 1_000_000,
      public_url: 'https://mockflared.example.com',
      world_idle_ms: 2 * 3_600_000,
    })
  })
})
