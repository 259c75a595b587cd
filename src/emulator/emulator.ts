import type { Control } from '../../schemas/control/control.ts'
import type { EdgeControl } from '../../schemas/control/edge-control.ts'
import type { Options } from '../../schemas/options.ts'
import { normalised, timestampOf } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { environmentFor } from '../config/client-env.ts'
import { requireAllGroups } from '../config/group-folders.ts'
import { optionsOf } from '../config/library-options.ts'
import { MAIN_WORLD_ID } from '../config/paths.ts'
import { readSeeds } from '../config/seed-files.ts'
import { controlOf } from '../control/in-process.ts'
import type { Edge } from '../edge/edge.ts'
import { datedChangesOn } from '../evidence/dated-changes.ts'
import { responseToMalformed } from '../gateway/protocol-errors.ts'
import { BUILT_CONSOLE } from '../http/console/files.ts'
import type { EmulatorContext } from '../http/context.ts'
import { countInProgress } from '../http/in-progress.ts'
import { momentAt } from '../resources/connections/rules.ts'
import type { Products } from '../resources/products.ts'
import { sampleCredentials } from '../resources/sample-account.ts'
import { SIMULATION_HOOKS } from '../simulation/world-hooks.ts'
import { createCounters } from '../world/counters.ts'
import { createEvidenceReport } from '../world/evidence-report.ts'
import { createWorlds, type Worlds } from '../worlds/registry.ts'
import { loadEdge, productsFor } from './edge.ts'
import { envOfTunnel } from './env-of-tunnel.ts'
import { fetchThrough, OFFLINE_URL } from './fetch.ts'
import { injectInto } from './inject.ts'
import { logStart, withEventLog } from './log.ts'
import { maxWorldsOf } from './max-worlds.ts'
import { loadMetrics } from './metrics.ts'
import { openLimit } from './open-limit.ts'
import {
  addressesOf,
  type Listeners,
  type OpenPorts,
  openControlPort,
  openPorts,
  type PortHandlers,
  withClearMessage,
} from './ports.ts'
import { type SharedApp, sharedAppFor, sharedControlAppFor } from './shared-app.ts'
import { openStorage } from './storage.ts'
import { loadTracing } from './tracing.ts'
import type { Emulator, EmulatorOptions } from './types.ts'
import { withoutEdge } from './without-edge.ts'

export type { Emulator, EmulatorOptions } from './types.ts'

/**
 * Composes and starts an emulator. Rejects with an Error whose message is one clear line, such as
 * for a port in use, an invalid seed or an unusable database.
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  return composeEmulator(options, await productsFor(options))
}

/** How an emulator is a worker thread of a server. */
interface ThreadSettings {
  readonly openPorts: OpenPorts
  /** Whether nobody sees its main world, because another thread has that of the server. */
  readonly hides_main: boolean
}

/** Like `createEmulator`, with a choice of products, of the console's files and of ports. */
export async function composeEmulator(
  { listen = true, ...given }: EmulatorOptions,
  products: Products,
  consoleFiles = BUILT_CONSOLE,
  thread?: ThreadSettings,
): Promise<Emulator> {
  const options = optionsOf(given)
  if (options.workers > 0 && !thread) throw new Error('workers: only the command mockflared has worker threads')
  if (!thread) requireAllGroups(options.db, 1)
  const app = await sharedAppFor(options, products)
  const edge = await loadEdge(options, listen, () => worlds, app.warn)
  const createMetrics = await loadMetrics(options)
  const observeSpans = await loadTracing()
  const { worlds, isNew } = openWorlds(options, products, app, edge, thread?.hides_main)
  const metrics = createMetrics?.(worlds)
  const ending = new AbortController()
  const listeners: Listeners = {}
  let edgeControl: EdgeControl | undefined
  const context: EmulatorContext = {
    worlds,
    control: options,
    pages: options,
    consoleFiles,
    url: () => options.public_url ?? listeners.emulated?.url ?? OFFLINE_URL,
    controlURL: () => listeners.control?.url,
    edge: () => edgeControl,
    observers: [metrics?.observe, observeSpans].filter(observer => observer !== undefined),
    figures: metrics?.collect,
    inProgress: countInProgress(options.max_requests),
    started_at: timestampOf(Date.now() * 1_000),
    closing: ending.signal,
  }
  const end = async (): Promise<void> => {
    ending.abort()
    await Promise.all([edge, ...Object.values(listeners)].map(listener => listener?.close()))
    metrics?.stop()
    worlds.close()
  }
  let ended: Promise<void> | undefined
  const close = (): Promise<void> => (ended ??= end())

  const handle = app.listenerFor(context)
  const inject = injectInto(handle, ending.signal)
  const handlers: PortHandlers = {
    api: handle,
    control: async () => (await sharedControlAppFor(options)).listenerFor(context),
    respond: error => responseToMalformed(error, worlds.main()),
  }
  try {
    // First: a server whose API responds is ready, also for a cloudflared.
    edgeControl = await edge?.open()
    if (thread) await thread.openPorts(listeners, handlers, context)
    else {
      if (listen) await openPorts(listeners, handlers, options)
      await openControlPort(listeners, handlers, options)
    }
  } catch (error) {
    await close()
    throw withClearMessage(error)
  }

  if (options.log !== 'off' && !thread?.hides_main) logStart(app.info, options, worlds.main(), isNew)
  const url = listen ? context.url() : OFFLINE_URL
  const controlFor = (id: string): Control =>
    controlOf(
      id,
      () => worlds.hold(id),
      () => ({
        world: worlds.get(id),
        named_world: id === MAIN_WORLD_ID ? undefined : id,
        worlds,
        url: context.url(),
        edge: context.edge(),
        server: context,
        is_observation: false,
      }),
    )
  return {
    ...addressesOf(listeners, options, url),
    edgeAddress: edgeControl?.address ?? '',
    gatewayURL: edgeControl?.gateway_url ?? '',
    edgeCaFile: edgeControl?.ca_path ?? '',
    get env() {
      return { ...environmentFor({ url, ...sampleCredentials(worlds.main()) }), ...listeners.tls?.trust }
    },
    envOf: envOfTunnel(controlFor(MAIN_WORLD_ID)),
    control: controlFor(MAIN_WORLD_ID),
    controlOf: controlFor,
    fetch: fetchThrough(inject, url),
    inject,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** `isNew`: no file had data already, so the seeds are loaded. */
function openWorlds(
  options: Options,
  { data, event_types, tunnel_hooks, lint_rules, object_kinds }: Products,
  { catalogue, warn, info }: SharedApp,
  edge: Edge | undefined,
  hides_main = false,
): { readonly worlds: Worlds; readonly isNew: boolean } {
  const seeds = options.seed.flatMap(readSeeds)
  const settings = {
    ...options,
    catalogue,
    warn,
    event_types,
    tunnel_hooks,
    lint_rules,
    object_kinds,
    server_report: createEvidenceReport(),
    counters: createCounters(),
    changes: datedChangesOn(options.behaviour),
    momentAt: (now: Timestamp) => momentAt(now, options.pending_reconnect_ms),
    frozen_at: options.clock === undefined ? undefined : normalised(options.clock),
  }
  const storage = openStorage(options, data.schema, warn)
  const { main } = storage
  try {
    const isNew = main.isInMemory || data.isEmpty(main)
    const limits = { ...options, max_worlds: maxWorldsOf(options), ...openLimit(options), hides_main }
    const behaviour = edge?.withHooks(SIMULATION_HOOKS) ?? withoutEdge(SIMULATION_HOOKS)
    const hooks = options.log === 'off' ? behaviour : withEventLog(behaviour, info)
    return { worlds: createWorlds(storage, seeds, settings, limits, { data, hooks }), isNew }
  } catch (error) {
    main.close()
    storage.close()
    throw error
  }
}
