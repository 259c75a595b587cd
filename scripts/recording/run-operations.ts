import type { SendRequest } from './recorder.ts'

/** An id that no tunnel and no connector has. */
const UNKNOWN_ID = '00000000-0000-4000-8000-00000000dead'

const CONFIG = {
  ingress: [{ hostname: 'www.example.com', service: 'http://localhost:8080' }, { service: 'http_status:404' }],
}

interface Options {
  /** The start of every tunnel name; no other tunnel of the account has it. */
  readonly prefix: string
  /** Two secrets: base64 of 32 bytes. */
  readonly secrets: readonly [string, string]
}

/**
 * Calls each of the twelve operations, with errors included. It creates two tunnels and deletes
 * them. A third one, with a short secret, is left to the clean-up if the service takes it.
 */
export async function runOperations(sendRequest: SendRequest, { prefix, secrets }: Options): Promise<void> {
  const { remote, local } = await createTunnels(sendRequest, prefix, secrets[0])
  await listTunnels(sendRequest, prefix)
  await configureTunnels(sendRequest, remote, local)
  await readConnectors(sendRequest, remote)
  await updateTunnel(sendRequest, remote, `${prefix}renamed`, secrets[1])
  await deleteCreatedTunnels(sendRequest, remote, local, prefix)
}

async function createTunnels(sendRequest: SendRequest, prefix: string, tunnel_secret: string) {
  const create = (note: string, body: object) => sendRequest({ note, method: 'POST', path: '', body })

  const remote = requireId(await create('a remote tunnel', { name: `${prefix}remote`, config_src: 'cloudflare' }))
  const local = requireId(
    await create('a local tunnel with a secret of ours', { name: `${prefix}local`, tunnel_secret }),
  )
  await create('a name that is taken', { name: `${prefix}remote` })
  await create('no name', {})
  await create('an empty name', { name: '' })
  await create('a short secret', { name: `${prefix}short`, tunnel_secret: 'c2hvcnQ=' })
  await create('a config_src that there is not', { name: `${prefix}source`, config_src: 'nowhere' })
  return { remote, local }
}

async function listTunnels(sendRequest: SendRequest, include_prefix: string): Promise<void> {
  const list = (note: string, query: Record<string, string>) =>
    sendRequest({ note, method: 'GET', path: '', query: { include_prefix, ...query } })

  await list('all tunnels, in which order', {})
  await list('a page past the end', { page: '9' })
  await list('by name, on a page of one', { name: `${include_prefix}local`, per_page: '1' })
  await list('by status', { status: 'healthy' })
  await list('a status that there is not', { status: 'asleep' })
  await list('more on a page than there may be', { per_page: '5000' })
  await sendRequest({
    note: 'without a credential',
    method: 'GET',
    path: '',
    query: { include_prefix },
    anonymous: true,
  })
}

async function configureTunnels(sendRequest: SendRequest, remote: string, local: string): Promise<void> {
  const put = (note: string, body: object) =>
    sendRequest({ note, method: 'PUT', path: `/${remote}/configurations`, body })

  await sendRequest({ note: 'of a remote tunnel that has none yet', method: 'GET', path: `/${remote}/configurations` })
  await sendRequest({ note: 'of a local tunnel', method: 'GET', path: `/${local}/configurations` })
  await put('nothing at all', {})
  await put('no rule that catches all', {
    config: { ingress: [{ hostname: 'www.example.com', service: 'http://localhost' }] },
  })
  await put('the first version', { config: CONFIG })
  await put('the same again', { config: CONFIG })
  await sendRequest({ note: 'the version in force', method: 'GET', path: `/${remote}/configurations` })
}

async function readConnectors(sendRequest: SendRequest, remote: string): Promise<void> {
  await sendRequest({ note: 'of a tunnel that nobody runs', method: 'GET', path: `/${remote}/connections` })
  await sendRequest({ note: 'one that there is not', method: 'GET', path: `/${remote}/connectors/${UNKNOWN_ID}` })
  await sendRequest({ note: 'nothing to clean up', method: 'DELETE', path: `/${remote}/connections` })
}

async function updateTunnel(
  sendRequest: SendRequest,
  remote: string,
  name: string,
  tunnel_secret: string,
): Promise<void> {
  const get = (note: string, path: string) => sendRequest({ note, method: 'GET', path })
  const update = (note: string, body: object) => sendRequest({ note, method: 'PATCH', path: `/${remote}`, body })

  await get('as it is', `/${remote}`)
  await get('one that there is not', `/${UNKNOWN_ID}`)
  await get('an id that is none', '/not-a-uuid')
  await get('its token', `/${remote}/token`)
  await update('another name', { name })
  await update('another secret', { tunnel_secret })
  await get('the token of the new secret', `/${remote}/token`)
  const path = `/${remote}/management`
  await sendRequest({ note: 'a management token', method: 'POST', path, body: { resources: ['logs'] } })
  await sendRequest({ note: 'one for what there is not', method: 'POST', path, body: { resources: ['secrets'] } })
}

async function deleteCreatedTunnels(
  sendRequest: SendRequest,
  remote: string,
  local: string,
  include_prefix: string,
): Promise<void> {
  const send = (note: string, method: 'GET' | 'DELETE', path: string) => sendRequest({ note, method, path })

  await send('a remote tunnel', 'DELETE', `/${remote}`)
  await send('a deleted tunnel', 'GET', `/${remote}`)
  await send('the configuration of a deleted tunnel', 'GET', `/${remote}/configurations`)
  await send('the token of a deleted tunnel', 'GET', `/${remote}/token`)
  await send('a deleted tunnel again', 'DELETE', `/${remote}`)
  await send('a local tunnel', 'DELETE', `/${local}`)
  const query = { include_prefix, is_deleted: 'true' }
  await sendRequest({ note: 'only deleted tunnels', method: 'GET', path: '', query })
}

function requireId(result: unknown): string {
  if (typeof result === 'object' && result !== null && 'id' in result && typeof result.id === 'string') return result.id
  throw new Error('the first tunnel was not created: is the account right, and may the token write tunnels?')
}
