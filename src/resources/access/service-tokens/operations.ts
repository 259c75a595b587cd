import type { FastifyRequest } from 'fastify'
import type { AccessServiceTokenRecord } from '../../../../schemas/access-service-token.ts'
import type { World } from '../../../world/world.ts'
import { emitAccessEvent, requireFound } from '../family.ts'
import { findToken, saveToken } from './store.ts'

type TokenRequest = Pick<FastifyRequest, 'world' | 'moment'> & {
  readonly params: { account_id: string; service_token_id: string }
}

export function requireToken({ world, params }: TokenRequest): AccessServiceTokenRecord {
  return requireFound(findToken(world.db, params.account_id, params.service_token_id))
}

export function changeToken(
  request: TokenRequest,
  change: (token: AccessServiceTokenRecord) => AccessServiceTokenRecord,
) {
  const { db } = request.world
  const { before, token } = db.transaction(() => {
    const found = requireToken(request)
    const changed = change(found)
    saveToken(db, changed)
    return { before: found, token: changed }
  })
  emitAccessEvent(request, 'access_service_token_updated', token)
  return { before, token }
}

export function newSecret({ ids }: World): string {
  return ids.bytes(32).toString('hex')
}
