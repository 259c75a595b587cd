import { RecordType } from './dns-record.ts'
import { labelled } from './evidence.ts'
import { OPEN, type Static, TextEnum, Type } from './typebox.ts'

/** The filters of one field: `name` is the same as `name.exact`. */
function textFilters<const Field extends string>(field: Field) {
  const filter = (description: string) => Type.Optional(Type.String({ description }))
  type Filter = ReturnType<typeof filter>
  return {
    [field]: filter('Exact, in any case.'),
    [`${field}.exact`]: filter('Exact, in any case.'),
    [`${field}.contains`]: filter('A part of it, in any case.'),
    [`${field}.startswith`]: filter('Its beginning, in any case.'),
    [`${field}.endswith`]: filter('Its end, in any case.'),
  } as Record<Field | `${Field}.${'exact' | 'contains' | 'startswith' | 'endswith'}`, Filter>
}

const PRESENT = Type.Optional(Type.String({ description: 'If given, only records that have one.' }))
const ABSENT = Type.Optional(Type.String({ description: 'If given, only records without one.' }))

/** Filters (documented: dns_filters), and pages (documented: dns_page_size). */
export const RecordListQuery = Type.Object(
  {
    ...textFilters('name'),
    ...textFilters('content'),
    ...textFilters('comment'),
    'comment.present': PRESENT,
    'comment.absent': ABSENT,
    ...textFilters('tag'),
    'tag.present': Type.Optional(Type.String({ description: 'The name of a tag that a record must have.' })),
    'tag.absent': Type.Optional(Type.String({ description: 'The name of a tag that a record must not have.' })),
    type: Type.Optional(RecordType),
    proxied: Type.Optional(Type.Boolean()),
    match: TextEnum(['all', 'any'], { default: 'all', description: 'Whether all filters must match.' }),
    tag_match: TextEnum(['all', 'any'], { default: 'all', description: 'Whether all filters for tags must match.' }),
    search: Type.Optional(Type.String({ description: 'A part of name, content, comment or a tag.' })),
    order: TextEnum(['type', 'name', 'content', 'ttl', 'proxied'], { default: 'type' }),
    direction: TextEnum(['asc', 'desc'], { default: 'asc' }),
    page: Type.Integer({ minimum: 1, default: 1 }),
    per_page: Type.Integer({ minimum: 1, maximum: 5_000_000, default: 100, description: 'Records per page.' }),
  },
  { ...OPEN, ...labelled('documented') },
)
export type RecordListQuery = Static<typeof RecordListQuery>
