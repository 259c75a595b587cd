import type { Ask } from './recorder.ts'

/** An id that no tunnel and no connector has. */
const UNKNOWN = '00000000-0000-4000-8000-00000000dead'

const CONFIG = {
  ingress: [{ hostname: 'www.example.com', service: 'http://localhost:8080' }, { service: 'http_status:404' }],
}

export interface Tour {
  /** How the names of its tunnels begin; nobody else's do. */
  readonly prefix: string
  /** Two secrets: base64 of 32 bytes. */
  readonly secrets: readonly [string, string]
}

/** Once through the twelve operations, refusals included. It makes two tunnels and deletes them. */
export async function tour(ask: Ask, { prefix, secrets }: Tour): Promise<void> {
  const { remote, local } = await creation(ask, prefix, secrets[0])
  await lists(ask, prefix)
  await configurations(ask, remote, local)
  await connectors(ask, remote)
  await changes(ask, remote, `${prefix}renamed`, secrets[1])
  await deletion(ask, remote, local, prefix)
}

async function creation(ask: Ask, prefix: string, tunnel_secret: string) {
  const create = (note: string, body: object) => ask({ note, method: 'POST', path: '', body })

  const remote = idIn(await create('a remote tunnel', { name: `${prefix}remote`, config_src: 'cloudflare' }))
  const local = idIn(await create('a local tunnel with a secret of ours', { name: `${prefix}local`, tunnel_secret }))
  await create('a name that is taken', { name: `${prefix}remote` })
  await create('no name', {})
  await create('an empty name', { name: '' })
  await create('a secret that is too short', { name: `${prefix}short`, tunnel_secret: 'c2hvcnQ=' })
  await create('a config_src that there is not', { name: `${prefix}source`, config_src: 'nowhere' })
  return { remote, local }
}

async function lists(ask: Ask, include_prefix: string): Promise<void> {
  const list = (note: string, query: Record<string, string>) =>
    ask({ note, method: 'GET', path: '', query: { include_prefix, ...query } })

  await list('both tunnels, in which order', {})
  await list('the second page of one', { per_page: '1', page: '2' })
  await list('a page past the end', { page: '9' })
  await list('by name', { name: `${include_prefix}local` })
  await list('by status', { status: 'healthy' })
  await list('a status that there is not', { status: 'asleep' })
  await list('more on a page than there may be', { per_page: '5000' })
  await ask({ note: 'without a credential', method: 'GET', path: '', query: { include_prefix }, anonymous: true })
}

async function configurations(ask: Ask, remote: string, local: string): Promise<void> {
  const put = (note: string, body: object) => ask({ note, method: 'PUT', path: `/${remote}/configurations`, body })

  await ask({ note: 'of a remote tunnel that has none yet', method: 'GET', path: `/${remote}/configurations` })
  await ask({ note: 'of a local tunnel', method: 'GET', path: `/${local}/configurations` })
  await put('nothing at all', {})
  await put('no rule that catches all', {
    config: { ingress: [{ hostname: 'www.example.com', service: 'http://localhost' }] },
  })
  await put('the first version', { config: CONFIG })
  await put('the same again', { config: CONFIG })
  await ask({ note: 'the version in force', method: 'GET', path: `/${remote}/configurations` })
}

async function connectors(ask: Ask, remote: string): Promise<void> {
  await ask({ note: 'of a tunnel that nobody runs', method: 'GET', path: `/${remote}/connections` })
  await ask({ note: 'one that there is not', method: 'GET', path: `/${remote}/connectors/${UNKNOWN}` })
  await ask({ note: 'nothing to clean up', method: 'DELETE', path: `/${remote}/connections` })
}

async function changes(ask: Ask, remote: string, name: string, tunnel_secret: string): Promise<void> {
  const get = (note: string, path: string) => ask({ note, method: 'GET', path })
  const update = (note: string, body: object) => ask({ note, method: 'PATCH', path: `/${remote}`, body })

  await get('as it is', `/${remote}`)
  await get('one that there is not', `/${UNKNOWN}`)
  await get('an id that is none', '/not-a-uuid')
  await get('its token', `/${remote}/token`)
  await update('another name', { name })
  await update('another secret', { tunnel_secret })
  await get('the token of the new secret', `/${remote}/token`)
  const path = `/${remote}/management`
  await ask({ note: 'a management token', method: 'POST', path, body: { resources: ['logs'] } })
  await ask({ note: 'one for what there is not', method: 'POST', path, body: { resources: ['secrets'] } })
}

async function deletion(ask: Ask, remote: string, local: string, include_prefix: string): Promise<void> {
  const of = (note: string, method: 'GET' | 'DELETE', path: string) => ask({ note, method, path })

  await of('a remote tunnel', 'DELETE', `/${remote}`)
  await of('a deleted tunnel', 'GET', `/${remote}`)
  await of('the configuration of a deleted tunnel', 'GET', `/${remote}/configurations`)
  await of('the token of a deleted tunnel', 'GET', `/${remote}/token`)
  await of('a deleted tunnel again', 'DELETE', `/${remote}`)
  await of('a local tunnel', 'DELETE', `/${local}`)
  const query = { include_prefix, is_deleted: 'true' }
  await ask({ note: 'only deleted tunnels', method: 'GET', path: '', query })
}

function idIn(result: unknown): string {
  if (typeof result === 'object' && result !== null && 'id' in result && typeof result.id === 'string') return result.id
  throw new Error('the first tunnel was not created: is the account right, and may the token write tunnels?')
}
