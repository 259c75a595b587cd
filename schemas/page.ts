import { Type } from './typebox.ts'

/** The page of a list of networks and routes (recorded: network_page). */
export const PAGE = {
  per_page: Type.Integer({ minimum: 1, maximum: 1000, default: 1000, description: 'Items on a page.' }),
  page: Type.Integer({
    minimum: 1,
    maximum: 2_147_483_647,
    default: 1,
    description: 'Which page; one past the last is empty.',
  }),
}

export interface PageQuery {
  readonly page: number
  readonly per_page: number
}
