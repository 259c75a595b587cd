/** The library: an emulator in a test, and the models of the API. */

// First: an older Node would crash while it loads the other modules.
import './config/require-node.ts'

import { createEmulator as create } from './emulator/emulator.ts'
import type { Emulator, EmulatorOptions } from './emulator/types.ts'

export { Client } from '../schemas/client.ts'
export {
  Configuration,
  ConfigurationUpdate,
  IngressRule,
  OriginRequest,
  TunnelConfig,
} from '../schemas/configuration.ts'
export { Connection } from '../schemas/connection.ts'
export type { Control } from '../schemas/control/control.ts'
export { ControlError } from '../schemas/control/control-error.ts'
export { ErrorItem, Failure, ResultInfo } from '../schemas/envelope.ts'
export { Permission } from '../schemas/permission.ts'
export { State } from '../schemas/state.ts'
export {
  ConfigSource,
  CreatedTunnel,
  Tunnel,
  TunnelCreate,
  TunnelStatus,
  TunnelUpdate,
  UpdatedTunnel,
} from '../schemas/tunnel.ts'
export type { Emulator, EmulatorOptions } from './emulator/types.ts'

/**
 * Starts an emulator. Rejects with an Error whose message is one line: which port is taken, or what
 * is wrong with a seed or a database. Its type is written out here so that the public types reach
 * no code of the server.
 */
export const createEmulator: (options?: EmulatorOptions) => Promise<Emulator> = create
