import { labelled } from './evidence.ts'
import { CLOSED, type Static, type TObject, type TSchema, Type } from './typebox.ts'

export const ErrorItem = Type.Object(
  {
    // The published minimum is 1000, but 971 exists (recorded: rate_limited).
    code: Type.Integer({ minimum: 0 }),
    message: Type.String(),
    documentation_url: Type.Optional(Type.String(labelled('documented'))),
    source: Type.Optional(
      Type.Object({ pointer: Type.Optional(Type.String()) }, { ...CLOSED, ...labelled('documented') }),
    ),
    error_chain: Type.Optional(Type.Array(Type.Object({ code: Type.Integer(), message: Type.String() }, CLOSED))),
  },
  { ...CLOSED, ...labelled('recorded'), title: 'ErrorItem' },
)
export type ErrorItem = Static<typeof ErrorItem>

/**
 * cloudflared decodes messages as strings, the SDKs as objects. Only an empty list works for both
 * (client: messages_empty).
 */
const Messages = Type.Array(ErrorItem, { maxItems: 0, examples: [[]], description: 'Always empty.' })

const SUCCESS = {
  success: Type.Literal(true),
  errors: Type.Array(ErrorItem, { maxItems: 0, examples: [[]] }),
  messages: Messages,
}

/** The order of the keys in the responses of a family of operations. */
export interface EnvelopeOrder {
  readonly success: readonly EnvelopeKey[]
  readonly page: readonly (EnvelopeKey | 'result_info')[]
  readonly result_info: readonly (keyof PagedResultInfo)[]
  readonly failure: readonly EnvelopeKey[]
}
type EnvelopeKey = 'success' | 'errors' | 'messages' | 'result'

const RESULT_LAST = ['success', 'errors', 'messages', 'result'] as const
const RESULT_FIRST = ['result', 'success', 'errors', 'messages'] as const

/** Each family has its own order (recorded: key_order). */
export const ENVELOPES = {
  tunnels: {
    success: RESULT_LAST,
    page: [...RESULT_LAST, 'result_info'],
    result_info: ['page', 'per_page', 'count', 'total_count'],
    failure: RESULT_LAST,
  },
  zones: {
    success: RESULT_FIRST,
    page: ['result', 'result_info', 'success', 'errors', 'messages'],
    result_info: ['page', 'per_page', 'total_pages', 'count', 'total_count'],
    failure: RESULT_FIRST,
  },
  tokens: {
    success: RESULT_FIRST,
    page: [...RESULT_FIRST, 'result_info'],
    result_info: ['page', 'per_page', 'count', 'total_count', 'total_pages'],
    failure: RESULT_LAST,
  },
  dns: {
    success: RESULT_FIRST,
    page: [...RESULT_FIRST, 'result_info'],
    result_info: ['page', 'per_page', 'count', 'total_count', 'total_pages'],
    failure: RESULT_FIRST,
  },
} as const satisfies Record<string, EnvelopeOrder>

/** The model of a successful response. */
export function Envelope<T extends TSchema>(result: T, order: EnvelopeOrder = ENVELOPES.tunnels) {
  return inOrder(Type.Object({ ...SUCCESS, result }, { ...CLOSED, description: 'Success' }), order.success)
}

/** The model of a successful response with a message for people. */
export function EnvelopeWithMessage<T extends TSchema>(result: T, order: EnvelopeOrder) {
  const message = Type.Object({ code: Type.Integer(), message: Type.String(), type: Type.Null() }, CLOSED)
  const messages = Type.Array(message, { minItems: 1, maxItems: 1 })
  return inOrder(Type.Object({ ...SUCCESS, messages, result }, { ...CLOSED, description: 'Success' }), order.success)
}

const RESULT_INFO = {
  page: Type.Integer({ minimum: 1 }),
  per_page: Type.Integer({ minimum: 1 }),
  count: Type.Integer({ minimum: 0, description: 'Items on this page.' }),
  total_count: Type.Integer({ minimum: 0, description: 'Items on all pages, after filters.' }),
}

export const ResultInfo = Type.Object(RESULT_INFO, { ...CLOSED, ...labelled('recorded'), title: 'ResultInfo' })
export type ResultInfo = Static<typeof ResultInfo>

export const PagedResultInfo = Type.Object(
  { ...RESULT_INFO, total_pages: Type.Integer({ minimum: 0 }) },
  { ...CLOSED, ...labelled('recorded'), title: 'PagedResultInfo' },
)
export type PagedResultInfo = Static<typeof PagedResultInfo>

/** The model of one page of a list. */
export function PageEnvelope<T extends TSchema>(item: T) {
  return pageEnvelope(item, ResultInfo, ENVELOPES.tunnels)
}

/** The model of one page of a list that says how many pages there are. */
export function PagedEnvelope<T extends TSchema>(item: T, order: EnvelopeOrder) {
  return pageEnvelope(item, PagedResultInfo, order)
}

function pageEnvelope<T extends TSchema, Info extends TObject>(item: T, info: Info, order: EnvelopeOrder) {
  const model = Type.Object(
    { ...SUCCESS, result: Type.Array(item), result_info: inOrder(info, order.result_info) },
    { ...CLOSED, description: 'Success' },
  )
  return inOrder(model, order.page)
}

/** The serializer writes keys in the order of their model. */
function inOrder<T extends TObject>(model: T, keys: readonly string[]): T {
  const properties = Object.fromEntries(keys.map(key => [key, model.properties[key]]))
  return { ...model, properties }
}

/** The model of every error response. */
export const Failure = Type.Object(
  {
    success: Type.Literal(false),
    errors: Type.Array(ErrorItem, { minItems: 1 }),
    messages: Messages,
    result: Type.Null(),
  },
  { ...CLOSED, ...labelled('recorded'), title: 'Failure', description: 'A refused or failed request.' },
)
export type Failure = Static<typeof Failure>

export function failureIn(order: EnvelopeOrder): typeof Failure {
  return inOrder(Failure, order.failure)
}
