/** The dashboard for Grafana in examples/metrics/. */
import { readFileSync } from 'node:fs'

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[]
}

/** The queries of each panel, as Grafana sends them for all servers. */
export function dashboardQueries(): readonly (readonly [title: string, query: string])[] {
  const { panels }: Dashboard = JSON.parse(readFileSync('examples/metrics/dashboard.json', 'utf8'))
  return panels.flatMap(({ title, targets }) =>
    targets.map(
      ({ expr }) => [title, expr.replaceAll('$instance', '.*').replaceAll('$__rate_interval', '10s')] as const,
    ),
  )
}
