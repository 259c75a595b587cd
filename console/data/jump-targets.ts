/** What ⌘K finds: each has a name, a kind and something to do. */
import type { OverviewTunnel } from '../../schemas/control/overview.ts'

export interface Target {
  readonly kind: 'Page' | 'Tunnel' | 'Hostname' | 'Connector' | 'Request' | 'Behaviour' | 'Action'
  readonly name: string
  /** What tells it from others of the same name. */
  readonly detail?: string
  /** Other words that find it. */
  readonly words?: string
  /** A link, or something to do. */
  readonly run: string | (() => void)
}

const TARGETS_SHOWN = 12

/** Those that hold every word, the closest first. */
export function found(targets: readonly Target[], text: string): readonly Target[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return targets
    .map(target => ({ target, score: scoreOf(target, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, TARGETS_SHOWN)
    .map(({ target }) => target)
}

/** 0: a word is missing. The start of the name counts most, then the start of a word in it. */
function scoreOf({ name, detail = '', words: other = '' }: Target, words: readonly string[]): number {
  const title = name.toLowerCase()
  const rest = `${detail} ${other}`.toLowerCase()
  const scores = words.map((word): number => {
    if (title === word) return 8
    if (title.startsWith(word)) return 6
    if (` ${title.replaceAll(/[^a-z0-9]+/g, ' ')}`.includes(` ${word}`)) return 4
    if (title.includes(word)) return 3
    return rest.includes(word) ? 1 : 0
  })
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 1)
}

/** The tunnels with their hostnames and connectors. `link` makes the hash of a tunnel. */
export function targetsOfTunnels(
  tunnels: readonly OverviewTunnel[],
  link: (tunnelId: string) => string,
): readonly Target[] {
  return tunnels.flatMap(({ tunnel_id, name, status, hostnames, connectors }): Target[] => [
    { kind: 'Tunnel', name, detail: status, words: tunnel_id, run: link(tunnel_id) },
    ...hostnames.map((hostname): Target => ({ kind: 'Hostname', name: hostname, detail: name, run: link(tunnel_id) })),
    ...connectors.map(
      ({ id, version, origin_ip }, index): Target => ({
        kind: 'Connector',
        name: `${name} connector ${index + 1}`,
        detail: `${version}, ${origin_ip}`,
        words: id,
        run: link(tunnel_id),
      }),
    ),
  ])
}
