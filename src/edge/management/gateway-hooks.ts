/** What else the gateway does with a request: management, quick tunnels, faults, and its log. */

import { isIP } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { MAIN_WORLD_ID } from '../../config/paths.ts'
import { redactedText } from '../../gateway/redaction.ts'
import type { World } from '../../world/world.ts'
import type { Worlds } from '../../worlds/registry.ts'
import type { Flow } from '../flow.ts'
import { errorOf, ORIGIN_TIMEOUT, unreachable } from '../gateway/answers.ts'
import type { GatewayOptions, Handler, Outcome } from '../gateway/gateway.ts'
import type { Visit } from '../gateway/visit.ts'
import type { Registry } from '../registry.ts'
import { faultOfRequest, placeOf } from './faults.ts'
import { quickTunnelAnswer } from './quick-tunnels.ts'
import { verifyToken } from './token.ts'
import type { WorldControls } from './world-controls.ts'

/** Of the requests that cloudflared answers itself (client: edge_management_refusal). */
const MANAGEMENT_HOST = 'management.argotunnel.com'

const JSON_TYPE = ['content-type', 'application/json'] as const

export interface GatewayHooksOptions {
  readonly worlds: Worlds
  readonly registry: Registry
  readonly controls: WorldControls
  /** The time until an origin begins its response. */
  readonly timeout_ms: number
}

type GatewayHooks = Required<Pick<GatewayOptions, 'handlers' | 'intercept' | 'onFinished'>>

export function createGatewayHooks({ worlds, registry, controls, timeout_ms }: GatewayHooksOptions): GatewayHooks {
  /**
   * A client may ask for the management service by the address of the gateway. An origin may have a
   * parameter of the same name, so a hostname with a route comes first (our choice).
   */
  const management: Handler = async (visit, find) => {
    const query = new URLSearchParams(/\?.*/s.exec(visit.path)?.[0])
    const isAsked = visit.hostname === MANAGEMENT_HOST || (query.has('access_token') && !isRouted(find()))
    if (!isAsked) return undefined

    const verdict = await verifyToken(worlds.list(), query.get('access_token') ?? undefined, pathOf(visit))
    if ('refusal' in verdict) return refuseManagement(visit, verdict.refusal)

    const { world, tunnel } = verdict
    const connection = registry.pick(world.id, tunnel, query.get('connector_id')?.toLowerCase())
    worlds.markUsed(world)
    if (connection) return { connection, authority: MANAGEMENT_HOST }
    visit.answer(unreachable('no-connector'))
    return 'answered'
  }

  /** cloudflared asks by the address of the gateway, and names no origin as a web page would. */
  const quickTunnel: Handler = (visit, find) => {
    const isAsked = visit.method === 'POST' && visit.path === '/tunnel' && isAddress(visit.hostname)
    const isPage = visit.headers.some(([name]) => name === 'origin')
    if (!isAsked || isPage || isRouted(find())) return undefined

    const body = JSON.stringify(quickTunnelAnswer(worlds.main()))
    visit.answer({ status: 200, headers: [JSON_TYPE], body })
    return 'answered'
  }

  return {
    handlers: [management, quickTunnel],

    intercept: async (visit, connection) => {
      const world = worlds.find(connection.world_id)
      if (!world) return false

      const path = pathOf(visit)
      const place = { ...placeOf(connection), hostname: visit.hostname, path }
      const { delay_ms, status, cut_after_bytes } = faultOfRequest(world, controls.faultsOf(world), place)
      if (delay_ms > 0) await pause(delay_ms, undefined, { ref: false })
      if (cut_after_bytes !== undefined) visit.cut_after_bytes = cut_after_bytes
      if (status === undefined && (await flowsWithin(connection.flow, timeout_ms))) return false

      visit.answer(status === undefined ? ORIGIN_TIMEOUT : errorOf(status))
      return true
    },

    onFinished: outcome => {
      // There is no world any more if the emulator closes meanwhile.
      const world = worlds.find(outcome.connection?.world_id ?? MAIN_WORLD_ID)
      if (world) log(world, outcome)
    },
  }

  function log(world: World, { hostname, method, path, trace_id, status, connection, ms, bytes_down }: Outcome): void {
    const requests = controls.requestsOf(world)
    if (!requests.isOn) return

    requests.add({
      at: world.now(),
      hostname,
      method,
      path: redactedText(path),
      status: status ?? null,
      tunnel_id: connection?.tunnel.id ?? null,
      connector_id: connection?.connector_id ?? null,
      duration_ms: world.clock.isFrozen() ? null : ms,
      bytes: bytes_down,
      ...(trace_id !== undefined && { trace_id }),
    })
  }
}

function isRouted(found: ReturnType<Parameters<Handler>[1]>): boolean {
  return typeof found !== 'string' || found === 'no-connector'
}

/** A name without a dot is that of a machine in a network of containers. */
function isAddress(hostname: string): boolean {
  return !hostname.includes('.') || isIP(hostname) !== 0
}

function pathOf({ path }: Visit): string {
  return path.replace(/[?#].*/s, '')
}

/** The shape is that of cloudflared (client: edge_management_refusal). */
function refuseManagement(visit: Visit, message: string): 'answered' {
  const body = JSON.stringify({ success: false, errors: [{ code: 1001, message }] })
  visit.answer({ status: 400, headers: [JSON_TYPE], body })
  return 'answered'
}

/** Resolves with false if the connection stalls for longer. */
async function flowsWithin(flow: Flow, ms: number): Promise<boolean> {
  const stalled = flow.stalled()
  if (!stalled) return true

  const timeout = new AbortController()
  const isLate = pause(ms, true, { ref: false, signal: timeout.signal })
  try {
    return !(await Promise.race([stalled, isLate]))
  } finally {
    timeout.abort()
  }
}
