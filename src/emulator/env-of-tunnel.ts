import type { Control } from '../../schemas/control/control.ts'
import { findTunnel } from '../../schemas/control/find-tunnel.ts'
import type { Emulator } from './types.ts'

/** The variables with which a real cloudflared runs a tunnel of a world. */
export function envOfTunnel(control: Control): Emulator['envOf'] {
  return async tunnel => {
    const remedy = 'pass { account_id, tunnel_id }'
    const address = typeof tunnel === 'string' ? await findTunnel(control, tunnel, { remedy }) : tunnel
    return (await control.getTunnelRun(address)).env
  }
}
