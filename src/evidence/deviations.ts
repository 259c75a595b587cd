interface Deviation {
  /** How the emulator differs from the real service. */
  readonly statement: string
  readonly reason: string
  /** The option that turns the difference off; null if there is none. */
  readonly switch: string | null
}

/** Known differences between the emulator and the real service. */
export const DEVIATIONS = {
  evidence_in_answers: {
    statement: 'Responses have the header `mockflared-evidence` or `mockflared-not-emulated`.',
    reason: 'they show how far you can trust the response, and which operations are not emulated',
    switch: '--no-evidence',
  },
  any_account: {
    statement: 'Every account exists, and any well-formed credential may do everything in it.',
    reason: 'a test needs no set-up before its first request',
    switch: '--auth strict',
  },
  pages_refused: {
    statement: 'Web pages of other origins get 403 with 10403.',
    reason: 'any page that you visit could change your tunnels',
    switch: '--allow-origin',
  },
  no_rate_limit: {
    statement: 'There is no rate limit; the count in the `ratelimit` header does not change.',
    reason: 'a suite sends more than 1200 requests in five minutes',
    switch: '--rate-limit',
  },
  reads_are_fresh: {
    statement: 'Every read shows the latest write.',
    reason: 'tests are repeatable',
    switch: 'a fault with stale',
  },
  no_edge: {
    statement: 'No traffic flows, and connectors are simulated.',
    reason: 'most tests need no cloudflared',
    switch: '--edge-port',
  },
  edge_over_http2: {
    statement: 'The edge speaks the HTTP/2 protocol of cloudflared, and not QUIC; there is no WARP, UDP or ICMP.',
    reason: 'Node has no QUIC, and HTTP/2 is the fallback of cloudflared',
    switch: null,
  },
  edge_versions_grow: {
    statement: 'After a reset or a restore, cloudflared shows a higher version of its configuration than the API.',
    reason: 'cloudflared accepts no older version than the one it has',
    switch: null,
  },
  no_neighbours: {
    statement: 'Load balancers and WARP connectors do not exist.',
    reason: 'they are other APIs',
    switch: null,
  },
  no_account_limits: {
    statement: 'An account may have more than 1000 tunnels.',
    reason: 'the limit is documented, the error is not',
    switch: null,
  },
  limits_of_size_and_time: {
    statement:
      'A body of more than 1 MiB is 413, headers of more than 16 KiB are 431, a request that takes 30 seconds is 408.',
    reason: 'the limits of the real service are not known, and there must be some',
    switch: null,
  },
  json_numbers: {
    statement: 'Whole numbers beyond 2^53 under unknown keys of a configuration lose precision.',
    reason: 'JavaScript has no other numbers',
    switch: null,
  },
  own_refusals: {
    statement: 'Invalid HTTP, a full disk and defects have our own codes: 10400 to 10507.',
    reason: 'they are failures of this program',
    switch: null,
  },
} as const satisfies Record<string, Deviation>
