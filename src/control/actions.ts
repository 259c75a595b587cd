/**
 * The control plane: what makes the double do what nobody can make Cloudflare do. Every verb stands here once, under the name
 * that it has in the library; over HTTP it is reached by its method and path below /_mockflared. The emulated plane does not
 * know that this folder exists.
 */
import { getClock, moveClock } from './clock.ts'
import { listConfigurations } from './configurations.ts'
import { disconnectConnector, drainConnector, flapConnector, reconnectConnector } from './connector-outages.ts'
import { changeConnector, connectConnector, listConnectors, pushLocalConfiguration } from './connectors.ts'
import { listEvents } from './events.ts'
import { clearReport, getCoverage, getReport } from './evidence.ts'
import { explain } from './explain.ts'
import { addFault, clearFaults, listFaults, removeFault } from './faults.ts'
import { getInfo, getPublicKey } from './info.ts'
import { clearRequests, listRequests, verifyRequests } from './requests.ts'
import {
  deleteSnapshot,
  getSnapshot,
  getState,
  listSnapshots,
  putState,
  reset,
  restoreSnapshot,
  saveSnapshot,
} from './state.ts'
import { createWorld, createWorldAs, deleteWorld, listWorlds } from './worlds.ts'

export const ACTIONS = {
  getInfo,
  getPublicKey,
  getClock,
  moveClock,
  listConnectors,
  connectConnector,
  disconnectConnector,
  reconnectConnector,
  drainConnector,
  flapConnector,
  changeConnector,
  pushLocalConfiguration,
  listConfigurations,
  explain,
  addFault,
  listFaults,
  removeFault,
  clearFaults,
  listRequests,
  verifyRequests,
  clearRequests,
  listEvents,
  getReport,
  clearReport,
  getCoverage,
  reset,
  getState,
  putState,
  listSnapshots,
  saveSnapshot,
  getSnapshot,
  restoreSnapshot,
  deleteSnapshot,
  createWorld,
  createWorldAs,
  listWorlds,
  deleteWorld,
}

export type ActionName = keyof typeof ACTIONS
