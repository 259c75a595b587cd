/** The library: an emulator in a test, and the models of the API. */

// First, since what the others load would bring an older Node down.
import './config/require-node.ts'

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
export { createEmulator } from './emulator/emulator.ts'
export type { Emulator, EmulatorOptions } from './emulator/types.ts'
