import { expect } from 'vitest'
import { ACCOUNT } from '../emulator.ts'
import { stampOf, tokenOf } from './facts.ts'
import type { OperationOf } from './operations.ts'
import { applyConsequences } from './rules.ts'
import { expectRefusal, expectResult, idOf, type Stage, tunnelFor } from './stage.ts'

/** Of the generated rules, only a single one that catches all is valid; there may be none. */
function isValid(config: OperationOf<'put configuration'>['config']): boolean {
  if (!config || !('ingress' in config)) return true
  const [rule] = config.ingress
  return rule !== undefined && !('hostname' in rule)
}

export async function putConfiguration(
  { subject, model }: Stage,
  { config, ...operation }: OperationOf<'put configuration'>,
): Promise<void> {
  const tunnel = tunnelFor(model, operation.tunnel)
  const response = await subject.api('PUT', `/${idOf(tunnel)}/configurations`, { config })
  if (!tunnel || tunnel.deleted !== null) return expectRefusal(response, 404, 1002)
  if (!isValid(config)) return expectRefusal(response, 400, 1056)

  const version = (tunnel.versions.at(-1)?.version ?? (tunnel.remote ? 0 : -1)) + 1
  const stored = { ...config, 'warp-routing': { enabled: false } }
  tunnel.versions.push({ version, source: 'cloudflare', config: stored, created: model.now })
  tunnel.remote = true
  applyConsequences(tunnel, model.now)
  expectResult(response, {
    tunnel_id: tunnel.id,
    version,
    source: 'cloudflare',
    config: stored,
    created_at: stampOf(model.now),
  })
}

export async function getConfiguration(
  { subject, model }: Stage,
  operation: OperationOf<'get configuration'>,
): Promise<void> {
  const tunnel = tunnelFor(model, operation.tunnel)
  const response = await subject.api('GET', `/${idOf(tunnel)}/configurations`)
  if (!tunnel || tunnel.deleted !== null) return expectRefusal(response, 404, 1055)

  const latest = tunnel.versions.at(-1)
  if (!latest && !tunnel.remote) return expectRefusal(response, 404, 1055)
  const { created, ...columns } = latest ?? { version: 0, source: 'cloudflare', config: null, created: tunnel.created }
  expectResult(response, { tunnel_id: tunnel.id, ...columns, created_at: stampOf(created) })
}

export async function getToken({ subject, model }: Stage, operation: OperationOf<'get token'>): Promise<void> {
  const tunnel = tunnelFor(model, operation.tunnel)
  const response = await subject.api('GET', `/${idOf(tunnel)}/token`)
  if (!tunnel || tunnel.deleted !== null) return expectRefusal(response, 404, 1054)
  expectResult(response, tokenOf(tunnel))
}

export async function manage({ subject, model }: Stage, { path, ...operation }: OperationOf<'manage'>): Promise<void> {
  const tunnel = tunnelFor(model, operation.tunnel)
  const body = path === '' ? { resources: ['logs'] } : undefined
  const response = await subject.api('POST', `/${idOf(tunnel)}/management${path}`, body)
  if (!tunnel || tunnel.deleted !== null) return expectRefusal(response, 404, 1002)

  expectResult(response, expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/))
  const claims = JSON.parse(Buffer.from(String(response.result).split('.')[1] ?? '', 'base64url').toString())
  const resource = path.slice(1) || 'logs'
  expect(claims).toMatchObject({
    tun: { id: tunnel.id, account_tag: ACCOUNT },
    res: resource === 'logs' ? ['logs', 'ping'] : [resource],
  })
  expect(claims.exp - claims.iat).toBe(3_600)
}
