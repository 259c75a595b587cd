import type { SendRequest } from './recorder.ts'

/**
 * Deletes the tunnels whose names start with `prefix`. It checks each name itself, because a server
 * may ignore the filter and list other people's tunnels.
 */
export async function deleteTunnels(sendRequest: SendRequest, prefix: string): Promise<void> {
  const ids = await listTunnelIds(sendRequest, prefix)
  for (const id of ids) {
    await sendRequest({ note: 'clean up', method: 'DELETE', path: `/${id}`, query: { cascade: 'true' } })
  }
  if (ids.length > 0 && (await listTunnelIds(sendRequest, prefix)).length > 0) throw new Error('they are not deleted')
}

async function listTunnelIds(sendRequest: SendRequest, prefix: string): Promise<readonly string[]> {
  const query = { include_prefix: prefix, is_deleted: 'false' }
  const tunnels = await sendRequest({ note: 'what is left', method: 'GET', path: '', query })
  if (!Array.isArray(tunnels)) throw new Error('they are not listed')

  return tunnels.flatMap(({ id, name, deleted_at }) =>
    typeof id === 'string' && String(name).startsWith(prefix) && !deleted_at ? [id] : [],
  )
}
