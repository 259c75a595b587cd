import { expect } from 'vitest'
import { ACCOUNT } from '../emulator.ts'
import { stampOf, tokenOf } from './facts.ts'
import type { OperationOf } from './operations.ts'
import { follow } from './rules.ts'
import { expectRefusal, expectResult, idOf, type Stage, tunnelFor } from './stage.ts'

/** Of the configurations that operations put, only those with a catch-all rule and nothing else are good. */
function isGood(config: OperationOf<'put configuration'>['config']): boolean {
  const [rule] = config && 'ingress' in config ? config.ingress : []
  return rule !== undefined && !('hostname' in rule)
}

export async function putConfiguration(
  { subject, model }: Stage,
  { config, ...operation }: OperationOf<'put configuration'>,
): Promise<void> {
  const tunnel = tunnelFor(model, operation.tunnel)
  const answer = await subject.api('PUT', `/${idOf(tunnel)}/configurations`, { config })
  if (!tunnel || tunnel.deleted !== null) return expectRefusal(answer, 404, 1003)
  if (!isGood(config)) return expectRefusal(answer, 400, 1056)

  const version = (tunnel.versions.at(-1)?.version ?? 0) + 1
  const stored = { ...config, 'warp-routing': { enabled: false } }
  tunnel.versions.push({ version, source: 'cloudflare', config: stored, created: model.now })
  tunnel.remote = true
  follow(tunnel, model.now)
  expectResult(answer, {
    tunnel_id: tunnel.id,
    account_id: ACCOUNT,
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
  const answer = await subject.api('GET', `/${idOf(tunnel)}/configurations`)
  if (!tunnel) return expectRefusal(answer, 404, 1003)
  if (tunnel.deleted !== null) return expectRefusal(answer, 404, 1055)

  const latest = tunnel.versions.at(-1)
  if (!latest && !tunnel.remote) return expectRefusal(answer, 404, 1055)
  const { created, ...shown } = latest ?? { version: 0, source: 'cloudflare', config: null, created: tunnel.created }
  expectResult(answer, { tunnel_id: tunnel.id, account_id: ACCOUNT, ...shown, created_at: stampOf(created) })
}

export async function getToken({ subject, model }: Stage, operation: OperationOf<'get token'>): Promise<void> {
  const tunnel = tunnelFor(model, operation.tunnel)
  const answer = await subject.api('GET', `/${idOf(tunnel)}/token`)
  if (!tunnel || tunnel.deleted !== null) return expectRefusal(answer, 404, 1003)
  expectResult(answer, tokenOf(tunnel))
}

export async function manage({ subject, model }: Stage, { path, ...operation }: OperationOf<'manage'>): Promise<void> {
  const tunnel = tunnelFor(model, operation.tunnel)
  const body = path === '' ? { resources: ['logs'] } : undefined
  const answer = await subject.api('POST', `/${idOf(tunnel)}/management${path}`, body)
  if (!tunnel || tunnel.deleted !== null) return expectRefusal(answer, 404, 1003)

  expectResult(answer, expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/))
  const claims = JSON.parse(Buffer.from(String(answer.result).split('.')[1] ?? '', 'base64url').toString())
  const resource = path.slice(1) || 'logs'
  expect(claims).toMatchObject({
    tun: { id: tunnel.id, account_tag: ACCOUNT },
    res: resource === 'logs' ? ['logs', 'ping'] : [resource],
  })
  expect(claims.exp - claims.iat).toBe(3_600)
}
