/** What each rule of lint finds, as a heading. */
const TITLES: Readonly<Record<string, string>> = {
  hostname_without_dns: 'Hostnames that DNS does not lead to their tunnel',
  record_of_unknown_tunnel: 'Records of tunnels that do not exist',
  record_of_deleted_tunnel: 'Records of deleted tunnels',
  record_of_foreign_tunnel: 'Records of tunnels of another account',
  record_not_proxied: 'Records of tunnels that are not proxied',
  configuration_refused: 'Configurations that cloudflared rejects',
  routes_overlap: 'Routes within the route of another tunnel',
  leftover: 'Left over: created and never deleted',
}

export function titleOfRule(rule: string): string {
  return TITLES[rule] ?? rule.replaceAll('_', ' ')
}

/** The findings of each rule, in the order of the server. */
export function byRule<Finding extends { readonly rule: string }>(
  findings: readonly Finding[],
): ReadonlyMap<string, readonly Finding[]> {
  return Map.groupBy(findings, ({ rule }) => rule)
}
