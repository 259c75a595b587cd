import type { FastifyRequest } from 'fastify'
import { ANY_TOKEN, baseURLOf, environmentFor } from '../config/client-env.ts'
import { CONSOLE_PATH, CONTROL_PREFIX, MAIN_WORLD_ID } from '../config/paths.ts'
import { seedNames } from '../config/seed-names.ts'
import { reasonToRefuse } from '../control/access.ts'
import type { PageFacts } from '../http/pages/facts.ts'
import { sampleCredentials } from '../resources/sample-account.ts'
import { allTunnels, countTunnels } from '../resources/tunnels/store.ts'
import { allZones } from '../resources/zones/default-zone.ts'
import type { World } from '../world/world.ts'
import { refusalOfConsole } from './console.ts'

/** For pages on the port of the emulated API. Their URLs are paths: a proxy may be in front. */
export function pageFacts(request: FastifyRequest): PageFacts {
  const { emulator, world, host, protocol } = request
  const { public_url } = emulator.control
  const root = `${pathOf(public_url)}${pathOfWorld(world)}`
  const own = emulator.controlURL()
  const control = own === undefined ? root : `${own}${pathOfWorld(world)}`
  return factsFor(request, { url: public_url ?? `${protocol}://${host}`, root, control: `${control}${CONTROL_PREFIX}` })
}

/** For pages on the port of the control plane alone. */
export function controlPageFacts(request: FastifyRequest): PageFacts {
  const { emulator, world } = request
  const url = emulator.url()
  const path = pathOfWorld(world)
  return factsFor(request, { url, root: `${url}${path}`, control: `${path}${CONTROL_PREFIX}` })
}

/** On the port of the control plane alone. */
export function consolePathOf(world: World): string {
  return `${pathOfWorld(world)}${CONSOLE_PATH}`
}

function pathOfWorld({ id }: World): string {
  return id === MAIN_WORLD_ID ? '' : `/w/${id}`
}

/** A proxy may serve it under a path. */
function pathOf(publicUrl: string | undefined): string {
  return publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/$/, '')
}

interface Urls {
  /** Of the server, as clients need it. */
  readonly url: string
  /** As a link on the page: of the world's port, and of its control plane. */
  readonly root: string
  readonly control: string
}

/**
 * A caller that may not use the control plane does not learn what is loaded, and with strict
 * credentials no token and no id either.
 */
function factsFor(request: FastifyRequest, { url, root, control }: Urls): PageFacts {
  const { emulator, world } = request
  const settings = emulator.control
  const isTrusted = settings.control !== 'off' && reasonToRefuse(request, settings) === undefined
  const refusal = refusalOfConsole(request)
  const isStrict = world.auth === 'strict'
  const { account_id, token } = isTrusted || !isStrict ? sampleCredentials(world) : {}
  const validToken = isStrict ? (token ?? undefined) : ANY_TOKEN
  return {
    root,
    control: isTrusted ? control : undefined,
    console: refusal === undefined ? `${control}/console/` : undefined,
    console_hint: refusal?.sentence,
    examples: account_id === undefined ? {} : examplesIn(world, account_id),
    token: validToken,
    environment: environmentFor({
      url,
      baseURL: baseURLOf(url, world.id === MAIN_WORLD_ID ? undefined : world.id),
      account_id,
      token: validToken,
    }),
    contents: isTrusted ? { tunnels: countTunnels(world.db), seeds: seedNames(emulator.pages.seed) } : undefined,
  }
}

function examplesIn({ db }: World, account_id: string): PageFacts['examples'] {
  const tunnel = allTunnels(db).find(one => one.account_tag === account_id && one.deleted_at === null)
  const zones = allZones(db)
  const zone = zones.find(one => one.account_id === account_id) ?? zones[0]
  return { account_id, ...(zone && { zone_id: zone.id }), ...(tunnel && { tunnel_id: tunnel.id }) }
}
