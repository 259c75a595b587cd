import type { RecordType } from '../../../schemas/dns-record.ts'
import type { RecordChange } from '../../../schemas/dns-record-changes.ts'
import { isIPv4, isIPv6, isProxiableAddress } from './addresses.ts'
import { contentOf, hasComponents, missingComponents } from './components.ts'
import { FIELD_ERRORS as ERRORS } from './errors.ts'
import { hostname } from './names.ts'
import { type Problem, problem } from './problem.ts'

/** The content as the service stores it, or why it does not. */
type Content = { readonly content: string } | { readonly problems: readonly Problem[] }

export function readContent(type: RecordType, name: string | undefined, change: RecordChange): Content {
  const read = hasComponents(type) ? readComponents(type, change) : readText(type, name, change)
  return 'content' in read && wireLength(read.content) > 4096 ? fail(problem(ERRORS.dns_content_too_long)) : read
}

function readComponents(type: RecordType, { data }: RecordChange): Content {
  if (!data) return fail(problem(ERRORS.dns_field_missing, 'data'))

  const missing = missingComponents(type, data)
  if (missing.length > 0) return fail(...missing.map(key => problem(ERRORS.dns_field_missing, key)))
  const content = contentOf(type, data)
  return content === undefined ? fail(problem(ERRORS.dns_content_invalid, type)) : { content }
}

function readText(type: RecordType, name: string | undefined, { content }: RecordChange): Content {
  if (content === undefined) return fail(problem(ERRORS.dns_field_missing, 'content'))

  const stored = READERS[type]?.(content) ?? (hasFreeText(type) && content !== '' ? content : undefined)
  if (stored === undefined) return fail(problem(INVALID[type] ?? ERRORS.dns_content_invalid, type))
  return type === 'CNAME' && stored === name ? fail(problem(ERRORS.dns_cname_self)) : { content: stored }
}

const READERS: Partial<Record<RecordType, (content: string) => string | undefined>> = {
  A: content => (isIPv4(content) ? content : undefined),
  // (recorded: dns_content_lower)
  AAAA: content => (isIPv6(content) ? content.toLowerCase() : undefined),
  CNAME: hostname,
  MX: content => (content === '.' ? content : hostname(content)),
  NS: hostname,
  PTR: hostname,
}

const INVALID: Partial<Record<RecordType, (typeof ERRORS)[keyof typeof ERRORS]>> = {
  A: ERRORS.dns_a_invalid,
  AAAA: ERRORS.dns_aaaa_invalid,
  CNAME: ERRORS.dns_cname_invalid,
  MX: ERRORS.dns_mx_invalid,
}

/** Texts stay as they are, with or without quotes (recorded: dns_txt_verbatim). */
function hasFreeText(type: RecordType): boolean {
  return type === 'TXT' || type === 'OPENPGPKEY'
}

/** Each string of up to 255 bytes needs one more for its length (documented: dns_wire_length). */
function wireLength(content: string): number {
  const bytes = Buffer.byteLength(content)
  return bytes + Math.ceil(bytes / 255)
}

function fail(...problems: readonly Problem[]): Content {
  return { problems }
}

/** Targets that prove something to AWS cannot be proxied (recorded: dns_proxiable). */
const VALIDATION_NAMES = /\.acm-validations\.aws$/

/** Whether a record could be proxied: its type, and its target (recorded: dns_proxiable). */
export function isProxiable(type: RecordType, content: string): boolean {
  if (type === 'CNAME') return !VALIDATION_NAMES.test(content)
  return canTypeBeProxied(type) && isProxiableAddress(content)
}

export function canTypeBeProxied(type: RecordType): boolean {
  return ['A', 'AAAA', 'CNAME'].includes(type)
}
