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
export { ControlError } from './control/errors.ts'
export type { Control } from './control/in-process.ts'
export { createEmulator, type Emulator, type EmulatorOptions } from './emulator/emulator.ts'
