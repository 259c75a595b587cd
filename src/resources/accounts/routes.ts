import type { FastifyRequest } from 'fastify'
import {
  Account,
  AccountListQuery,
  Member,
  MemberListQuery,
  Membership,
  MembershipListQuery,
  User,
} from '../../../schemas/account.ts'
import { ENVELOPES } from '../../../schemas/envelope.ts'
import { AccountPath } from '../../../schemas/identifiers.ts'
import type { AccountRecord } from '../../../schemas/records.ts'
import { isPermitted } from '../../gateway/auth.ts'
import type { RequiredPermission } from '../../gateway/credentials.ts'
import { numberedPage, ok } from '../../gateway/envelope.ts'
import { noteBehaviour } from '../../gateway/evidence-header.ts'
import { type App, familyModels } from '../../gateway/route.ts'
import { accountName } from '../sample-account.ts'
import { ACCOUNT_ERRORS } from './errors.ts'
import { knownAccounts } from './known-accounts.ts'
import { ACCOUNT_OPERATIONS as OPERATIONS } from './operation-ids.ts'
import { ACCOUNT_LIST, ACCOUNT_READ, MEMBERSHIPS_READ, USER_READ } from './permissions.ts'
import { presentAccount, presentMember, presentMembership, presentUser } from './present.ts'
import { requireUserToken } from './token.ts'

const models = familyModels(ENVELOPES.zones)

export function accountRoutes(app: App): void {
  app.get(
    '/accounts',
    {
      config: { permission: ACCOUNT_LIST, errors: [ACCOUNT_ERRORS.accounts_of_account_token] },
      schema: {
        operationId: OPERATIONS.list,
        summary: 'List accounts',
        description: 'Returns the accounts of the seed, or the one that `mockflared env` prints.',
        tags: ['Accounts'],
        querystring: AccountListQuery,
        response: models.page(Account),
      },
    },
    request => {
      requireUserToken(request)
      const { query } = request
      const accounts = coveredAccounts(request, ACCOUNT_LIST).map(presentAccount)
      noteBehaviour(request, 'account_values')
      return pageOf(
        accounts.filter(({ name }) => query.name === undefined || name === query.name),
        query,
      )
    },
  )

  app.get(
    '/accounts/:account_id',
    {
      config: { permission: ACCOUNT_READ },
      schema: {
        operationId: OPERATIONS.get,
        summary: 'Get an account',
        description: 'Returns one account. Without accounts in a seed, every account exists.',
        tags: ['Accounts'],
        params: AccountPath,
        response: models.ok(Account),
      },
    },
    request => {
      const id = request.params.account_id.toLowerCase()
      noteBehaviour(request, 'account_values')
      return ok(presentAccount({ id, name: accountName(request.world.db, id) }))
    },
  )

  app.get(
    '/accounts/:account_id/members',
    {
      config: { permission: ACCOUNT_READ },
      schema: {
        operationId: OPERATIONS.list_members,
        summary: 'List the members of an account',
        description: 'Returns the one user of the world.',
        tags: ['Accounts'],
        params: AccountPath,
        querystring: MemberListQuery,
        response: models.page(Member),
      },
    },
    request => {
      const { query, params } = request
      const member = presentMember(params.account_id)
      noteBehaviour(request, 'user_values')
      return pageOf(query.status === undefined || query.status === member.status ? [member] : [], query)
    },
  )

  app.get(
    '/memberships',
    {
      config: { permission: MEMBERSHIPS_READ },
      schema: {
        operationId: OPERATIONS.list_memberships,
        summary: 'List the memberships of the user',
        description: 'Returns one accepted membership for each account.',
        tags: ['User'],
        querystring: MembershipListQuery,
        response: models.page(Membership),
      },
    },
    request => {
      const { query } = request
      const { order = 'id', status, name = query['account.name'] } = query
      const memberships = coveredAccounts(request, MEMBERSHIPS_READ)
        .map(presentMembership)
        .filter(one => status === undefined || one.status === status)
        .filter(one => name === undefined || one.account.name === name)
      const sortValue = (one: Membership) => (order === 'account.name' ? one.account.name : one[order])
      noteBehaviour(request, 'membership_values')
      return pageOf(
        memberships.toSorted((a, b) => (sortValue(a) < sortValue(b) ? -1 : Number(sortValue(a) > sortValue(b)))),
        query,
      )
    },
  )

  app.get(
    '/user',
    {
      config: { permission: USER_READ },
      schema: {
        operationId: OPERATIONS.get_user,
        summary: 'Get the user',
        description: 'Returns the user of the credentials.',
        tags: ['User'],
        response: models.ok(User),
      },
    },
    request => {
      noteBehaviour(request, 'user_values')
      return ok(presentUser(emailOf(request)))
    },
  )
}

/** The accounts of a list (inferred: account_list_covered). */
function coveredAccounts(request: FastifyRequest, permission: RequiredPermission): readonly AccountRecord[] {
  return knownAccounts(request.world.db).filter(({ id }) => isPermitted(request, permission, { account_id: id }))
}

function emailOf({ headers }: FastifyRequest): string | undefined {
  return [headers['x-auth-email']].flat()[0]
}

interface PageQuery {
  readonly page: number
  readonly per_page: number
  readonly direction: 'asc' | 'desc'
}

function pageOf<T>(items: readonly T[], { page, per_page, direction }: PageQuery) {
  const ordered = direction === 'desc' ? items.toReversed() : items
  const start = (page - 1) * per_page
  return numberedPage(ordered.slice(start, start + per_page), { page, per_page, total_count: items.length })
}
