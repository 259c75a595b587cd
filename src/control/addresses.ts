import { MAIN_WORLD_ID } from '../config/paths.ts'
import type { World } from '../world/world.ts'

/** The base URL of a world's API, and the address of its control plane. */
export function addressesOf({ id }: Pick<World, 'id'>, url: string): { base_url: string; control_url: string } {
  const root = id === MAIN_WORLD_ID ? url : `${url}/w/${id}`
  return { base_url: `${root}/client/v4`, control_url: `${root}/_mockflared` }
}
