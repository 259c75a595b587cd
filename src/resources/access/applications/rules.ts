import {
  ACCESS_APP_TYPES,
  type AccessAppInput,
  type AccessAppListQuery,
  type AccessAppRecord,
  AccessAppSettings,
  type AccessAppType,
  type AccessDestination,
} from '../../../../schemas/access-application.ts'
import { throwApiError } from '../../../gateway/api-error.ts'
import { requireDuration } from '../durations.ts'
import { ACCESS_ERRORS } from '../errors.ts'
import { declaredIn } from '../policies/rules.ts'
import { DEFAULTS, isHosted } from './defaults.ts'

const FIELDS = Object.keys(AccessAppSettings.properties)

/** (recorded: access_too_many_destinations) */
const MAX_DESTINATIONS = 5

/**
 * What an application says after a create or an update, which replaces all of it
 * (documented: access_put_replaces). Optional fields come back only if given
 * (documented: access_optional_fields).
 */
export function appSettingsOf(input: AccessAppInput): AccessAppSettings {
  const type = requireType(input.type)
  const settings = { ...DEFAULTS[type], ...declaredIn<AccessAppInput>(input, FIELDS), type }
  if (settings.session_duration !== undefined) requireDuration('session_duration', settings.session_duration)
  return isHosted(type) ? withDestinations(settings) : settings
}

/** (recorded: access_app_type_invalid) */
function requireType(type: string | undefined): AccessAppType {
  return ACCESS_APP_TYPES.find(known => known === type) ?? throwApiError(ACCESS_ERRORS.access_app_type_invalid)
}

/**
 * `domain`, `self_hosted_domains` and `destinations` say the same; the last wins
 * (documented: access_destinations). Without `domain`, it is the first public destination
 * (inferred: access_domain_default).
 */
function withDestinations(settings: AccessAppSettings): AccessAppSettings {
  const destinations = settings.destinations ?? publicDestinations(settings)
  const self_hosted_domains = publicUrisIn(destinations)
  const [first] = self_hosted_domains
  const domain = settings.domain ?? first
  requireDestinations(destinations, domain, self_hosted_domains)
  return { ...settings, ...(domain !== undefined && { domain }), destinations, self_hosted_domains }
}

function publicDestinations({ self_hosted_domains = [], domain }: AccessAppSettings): AccessDestination[] {
  const uris = self_hosted_domains.length === 0 && domain !== undefined ? [domain] : self_hosted_domains
  return uris.map(uri => ({ type: 'public', uri }))
}

function publicUrisIn(destinations: readonly AccessDestination[]): string[] {
  return destinations.flatMap(({ type = 'public', uri }) => (type === 'public' && uri !== undefined ? [uri] : []))
}

function requireDestinations(
  destinations: readonly AccessDestination[],
  domain: string | undefined,
  uris: readonly string[],
): void {
  if (destinations.length === 0)
    throwApiError(ACCESS_ERRORS.access_body_invalid, 'domain or destinations must be given')
  if (destinations.length > MAX_DESTINATIONS) throwApiError(ACCESS_ERRORS.access_too_many_destinations)
  if (domain !== undefined && !uris.includes(domain)) throwApiError(ACCESS_ERRORS.access_domain_not_included)
}

/** Public hostnames must be in an active zone of the account (recorded: access_domain_outside). */
export function requireHostnamesIn(
  zones: readonly string[],
  { type, self_hosted_domains = [] }: AccessAppSettings,
): void {
  if (!isHosted(type)) return
  const isInside = (host: string) => zones.some(zone => host === zone || host.endsWith(`.${zone}`))
  if (!self_hosted_domains.every(uri => isInside(hostOf(uri)))) throwApiError(ACCESS_ERRORS.access_domain_outside)
}

function hostOf(uri: string): string {
  return uri
    .replace(/^https?:\/\//i, '')
    .replace(/[/:].*$/s, '')
    .toLowerCase()
}

/**
 * A domain has one application (recorded: access_app_exists), and so does every other destination
 * (inferred: access_destination_taken).
 */
export function requireFreeDestinations(
  { type, domain, destinations = [] }: AccessAppSettings,
  others: readonly AccessAppRecord[],
): void {
  if (!isHosted(type)) return
  const hosted = others.map(({ settings }) => settings).filter(other => isHosted(other.type))
  if (domain !== undefined && hosted.some(other => other.domain === domain))
    throwApiError(ACCESS_ERRORS.access_app_exists)

  const taken = new Set(hosted.flatMap(other => (other.destinations ?? []).map(keyOf)))
  if (destinations.some(destination => taken.has(keyOf(destination))))
    throwApiError(ACCESS_ERRORS.access_destination_taken)
}

function keyOf(destination: AccessDestination): string {
  return JSON.stringify(Object.entries(destination).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Tags must exist before an application can have them (recorded: access_tag_unknown). */
export function requireKnownTags({ tags = [] }: AccessAppSettings, known: readonly string[]): void {
  if (!tags.every(tag => known.includes(tag))) throwApiError(ACCESS_ERRORS.access_tag_unknown)
}

/**
 * Whether a list with these filters has the application. `name` and `domain` find parts of the text
 * unless `exact` (documented: access_filter_exact); case does not matter then
 * (assumed: access_filter_case).
 */
export function matchesQuery({ aud, settings }: AccessAppRecord, query: AccessAppListQuery): boolean {
  const { name = '', domain = '' } = settings
  const matches = query.exact ? (text: string, filter: string) => text === filter : contains
  return (
    (query.name === undefined || matches(name, query.name)) &&
    (query.domain === undefined || matches(domain, query.domain)) &&
    (query.aud === undefined || aud === query.aud) &&
    (query.search === undefined || [name, domain, aud].some(text => contains(text, query.search ?? '')))
  )
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase())
}
