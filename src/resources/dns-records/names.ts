import { domainToASCII } from 'node:url'

/**
 * The full name of a record in lower case and Punycode; undefined for an invalid name. A name that
 * does not end with the zone gets it appended (recorded: dns_zone_appended), `@` is the zone.
 */
export function fullName(name: string, zone: string): string | undefined {
  const full = appendZone(toAscii(name), toAscii(zone))
  return isName(full) ? full : undefined
}

/** Like `fullName`, but keeps the case, as the service for tunnels does. */
export function appendZone(name: string, zone: string): string {
  const given = withoutFinalDot(name)
  if (given === '@') return zone
  const isInZone = given.toLowerCase() === zone || given.toLowerCase().endsWith(`.${zone}`)
  return isInZone ? given : `${given}.${zone}`
}

/**
 * The content of a record that is a hostname: in lower case (recorded: dns_content_lower) and without a
 * final dot (client: dns_content_final_dot). Undefined for an invalid name and for an address.
 */
export function hostname(content: string): string | undefined {
  const host = toAscii(withoutFinalDot(content))
  const isHost = isName(host) && host.split('.').every(label => /^[\w*-]+$/.test(label)) && !/(^|\.)\d+$/.test(host)
  return isHost ? host : undefined
}

/** One final dot is cut (assumed: dns_name_final_dot). */
function withoutFinalDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name
}

/** In lower case and Punycode (documented: dns_punycode). A label that has no such form is empty. */
function toAscii(name: string): string {
  const labels = name.split('.')
  return labels.map(label => (/^\p{ASCII}*$/u.test(label) ? label.toLowerCase() : domainToASCII(label))).join('.')
}

/** The lengths of RFC 1035. Where a `*` stands is not checked (recorded: dns_name_lenient). */
function isName(name: string): boolean {
  return name.length <= 253 && name.split('.').every(label => /^[!-~]{1,63}$/.test(label))
}

/** The names between a name and its zone, the closest first. */
export function ancestorsOf(name: string, zone: string): readonly string[] {
  const labels = name.slice(0, -zone.length - 1).split('.')
  return labels.slice(1).map((_label, index) => `${labels.slice(index + 1).join('.')}.${zone}`)
}
