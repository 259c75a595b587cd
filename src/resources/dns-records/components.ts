/** The types of records whose content follows from components in `data`. */
import type { RecordData, RecordType } from '../../../schemas/dns-record.ts'

interface Components {
  readonly numbers: readonly string[]
  readonly texts: readonly string[]
  /** Not required; `format` has a value for them. */
  readonly optional?: readonly string[]
  readonly format: (data: RecordData) => string
}

const CERTIFICATE_ASSOCIATION: Components = {
  numbers: ['usage', 'selector', 'matching_type'],
  texts: ['certificate'],
  format: data => `${data.usage} ${data.selector} ${data.matching_type} ${data.certificate}`,
}

/** (recorded: dns_https_content) */
const SERVICE_BINDING: Components = {
  numbers: ['priority'],
  texts: ['target'],
  optional: ['value'],
  format: ({ priority, target, value = '' }) => `${priority} ${target} ${value}`.trimEnd(),
}

/** Contents of the other types follow the presentation of their RFC (assumed: dns_data_contents). */
const COMPONENTS: Partial<Record<RecordType, Components>> = {
  CAA: {
    numbers: ['flags'],
    texts: ['tag', 'value'],
    format: ({ flags, tag, value }) => `${flags} ${tag} "${value}"`,
  },
  CERT: {
    numbers: ['type', 'key_tag', 'algorithm'],
    texts: ['certificate'],
    format: data => `${data.type} ${data.key_tag} ${data.algorithm} ${data.certificate}`,
  },
  DNSKEY: {
    numbers: ['flags', 'protocol', 'algorithm'],
    texts: ['public_key'],
    format: data => `${data.flags} ${data.protocol} ${data.algorithm} ${data.public_key}`,
  },
  DS: {
    numbers: ['key_tag', 'algorithm', 'digest_type'],
    texts: ['digest'],
    format: data => `${data.key_tag} ${data.algorithm} ${data.digest_type} ${data.digest}`,
  },
  HTTPS: SERVICE_BINDING,
  LOC: {
    numbers: ['lat_degrees', 'long_degrees'],
    texts: ['lat_direction', 'long_direction'],
    optional: [
      ...['lat_minutes', 'lat_seconds', 'long_minutes', 'long_seconds'],
      ...['altitude', 'size', 'precision_horz', 'precision_vert'],
    ],
    format: formatLocation,
  },
  NAPTR: {
    numbers: ['order', 'preference'],
    texts: ['flags', 'service', 'regex', 'replacement'],
    format: data =>
      `${data.order} ${data.preference} "${data.flags}" "${data.service}" "${data.regex}" ${data.replacement}`,
  },
  SMIMEA: CERTIFICATE_ASSOCIATION,
  /** Without the priority (client: dns_srv_content). */
  SRV: {
    numbers: ['priority', 'weight', 'port'],
    texts: ['target'],
    format: ({ weight, port, target }) => `${weight} ${port} ${target}`,
  },
  SSHFP: {
    numbers: ['algorithm', 'type'],
    texts: ['fingerprint'],
    format: data => `${data.algorithm} ${data.type} ${data.fingerprint}`,
  },
  SVCB: SERVICE_BINDING,
  TLSA: CERTIFICATE_ASSOCIATION,
  URI: {
    numbers: ['weight'],
    texts: ['target'],
    format: ({ weight, target }) => `${weight} "${target}"`,
  },
}

/** With fixed decimals (client: dns_loc_content). */
function formatLocation(data: RecordData): string {
  const decimal = (key: string, digits: number): string => Number(data[key] ?? 0).toFixed(digits)
  const angle = (side: string): string =>
    `${data[`${side}_degrees`]} ${data[`${side}_minutes`] ?? 0} ${decimal(`${side}_seconds`, 3)} ${data[`${side}_direction`]}`
  const sizes = ['altitude', 'size', 'precision_horz', 'precision_vert'].map(key => `${decimal(key, 2)}m`)
  return [angle('lat'), angle('long'), ...sizes].join(' ')
}

export function hasComponents(type: RecordType): boolean {
  return COMPONENTS[type] !== undefined
}

/** The components that a record of this type lacks. */
export function missingComponents(type: RecordType, data: RecordData): readonly string[] {
  const { numbers = [], texts = [] } = COMPONENTS[type] ?? {}
  return [...numbers, ...texts].filter(key => data[key] === undefined)
}

/** The content that complete components lead to; undefined if one has a wrong value. */
export function contentOf(type: RecordType, data: RecordData): string | undefined {
  const { numbers = [], texts = [], format = () => '' } = COMPONENTS[type] ?? {}
  const isValid = numbers.every(key => isSmallInteger(data[key])) && texts.every(key => typeof data[key] === 'string')
  return isValid ? format(data) : undefined
}

/** Also as text, because `flags` of a CAA record may be one (documented: dns_data_numbers). */
function isSmallInteger(value: string | number | undefined): boolean {
  return /^\d{1,5}$/.test(String(value)) && Number(value) <= 65_535
}
