import { labelled } from './evidence.ts'
import { CLOSED, type Static, type TSchema, Type } from './typebox.ts'

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

/** The model of every successful response. */
export function Envelope<T extends TSchema>(result: T) {
  return Type.Object({ ...SUCCESS, result }, { ...CLOSED, description: 'Success' })
}

export const ResultInfo = Type.Object(
  {
    page: Type.Integer({ minimum: 1 }),
    per_page: Type.Integer({ minimum: 1 }),
    count: Type.Integer({ minimum: 0, description: 'Items on this page.' }),
    total_count: Type.Integer({ minimum: 0, description: 'Items on all pages, after filters.' }),
  },
  { ...CLOSED, ...labelled('recorded'), title: 'ResultInfo' },
)
export type ResultInfo = Static<typeof ResultInfo>

/** The model of one page of a list. */
export function PageEnvelope<T extends TSchema>(item: T) {
  return Type.Object(
    { ...SUCCESS, result: Type.Array(item), result_info: ResultInfo },
    { ...CLOSED, description: 'Success' },
  )
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
