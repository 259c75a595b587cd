/** Reads a world into a recording. */
import type { Result } from '../../../schemas/control/control.ts'
import { call } from '../control.ts'
import { READ, type Read, type Recording } from './recording.ts'

export async function record(savedAt: Date): Promise<Recording> {
  const pairs = await Promise.all(READ.map(async name => [name, await read(name)] as const))
  const results = Object.fromEntries(pairs) as unknown as Recording['results']
  const configurations = await Promise.all(
    results.getOverview.tunnels
      .filter(({ configuration }) => configuration !== null)
      .map(async ({ account_id, tunnel_id }) => {
        return [tunnel_id, await call('listConfigurations', { account_id, tunnel_id })] as const
      }),
  )
  return {
    mockflared_recording: 1,
    saved_at: savedAt.toISOString(),
    world: results.getInfo.world,
    results: { ...results, getInfo: withoutToken(results.getInfo) },
    configurations: Object.fromEntries(configurations),
  }
}

function read(name: Read): Promise<unknown> {
  return name === 'getOverview' ? call(name, { deleted: true }) : call(name)
}

/** The server tells a token that works, which is of no use without the server. */
function withoutToken(info: Result<'getInfo'>): Result<'getInfo'> {
  return { ...info, token: null }
}
