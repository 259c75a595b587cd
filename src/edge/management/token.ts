import { createPublicKey, verify } from 'node:crypto'
import { isObject } from '../../../schemas/is-object.ts'
import type { TunnelKey } from '../../../schemas/records.ts'
import { microsOf } from '../../../schemas/time.ts'
import { findTunnel } from '../../resources/tunnels/store.ts'
import type { World } from '../../world/world.ts'

/** The world and the tunnel of a valid management token, or why it is refused. */
export type TokenVerdict = { readonly world: World; readonly tunnel: TunnelKey } | { readonly refusal: string }

interface Token {
  readonly tunnel: TunnelKey
  readonly resources: readonly unknown[]
  readonly expires_s: number
  /** The text that is signed. */
  readonly content: string
  readonly signature: Buffer
}

/**
 * cloudflared itself refuses a token that is missing or malformed with this text
 * (client: edge_management_refusal).
 */
const MISSING = 'missing access_token query parameter'

/**
 * The paths of cloudflared's management service, and the resource that each needs
 * (client: edge_management_resources). Any other path needs the widest one (our choice).
 */
const RESOURCES: Readonly<Record<string, string>> = {
  '/logs': 'logs',
  '/ping': 'ping',
  '/host_details': 'host_details',
}
const OTHER_PATHS = 'admin'

/**
 * Verifies a management token for a path. cloudflared relies on the edge for this. Of the worlds
 * that have the tunnel, the one that signed the token counts.
 */
export async function verifyToken(
  worlds: readonly World[],
  text: string | undefined,
  path: string,
): Promise<TokenVerdict> {
  const token = read(text ?? '')
  if (!token) return { refusal: MISSING }

  const candidates = worlds.filter(world => hasTunnel(world, token.tunnel))
  if (candidates.length === 0) return { refusal: 'the tunnel of the access_token does not exist' }

  const world = await signerOf(candidates, token)
  if (!world) return { refusal: 'the access_token was not signed by this emulator, or before a reset' }
  if (microsOf(world.now()) >= token.expires_s * 1_000_000) return { refusal: 'the access_token has expired' }

  const resource = RESOURCES[path] ?? OTHER_PATHS
  if (!token.resources.includes(resource)) return { refusal: `the access_token has no access to ${resource}` }
  return { world, tunnel: token.tunnel }
}

/** Undefined for a text that is not a token with all claims that cloudflared requires. */
function read(text: string): Token | undefined {
  const [header, claims, signature, ...rest] = text.split('.')
  if (header === undefined || claims === undefined || signature === undefined || rest.length > 0) return undefined

  const { alg } = partOf(header)
  const { tun, actor, res, exp } = partOf(claims)
  if (alg !== 'ES256' || !isObject(tun) || !isObject(actor) || !Array.isArray(res)) return undefined

  const { id, account_tag } = tun
  const isComplete = [id, account_tag, actor.id].every(isText) && Number.isFinite(exp)
  return isComplete
    ? {
        tunnel: { id: String(id).toLowerCase(), account_tag: String(account_tag).toLowerCase() },
        resources: res,
        expires_s: Number(exp),
        content: `${header}.${claims}`,
        signature: Buffer.from(signature, 'base64url'),
      }
    : undefined
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

/** Empty for text that is not base64 of a JSON object. */
function partOf(encoded: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString())
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function hasTunnel(world: World, { account_tag, id }: TunnelKey): boolean {
  return findTunnel(world.db, account_tag, id, world.moment())?.deleted_at === null
}

async function signerOf(worlds: readonly World[], { content, signature }: Token): Promise<World | undefined> {
  for (const world of worlds) {
    const key = createPublicKey({ key: { ...(await world.signer.publicKey()) }, format: 'jwk' })
    if (verify('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' }, signature)) return world
  }
  return undefined
}
