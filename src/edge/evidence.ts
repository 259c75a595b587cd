import type { Behaviours } from '../evidence/types.ts'

/** How a real cloudflared talks to its edge, as one of version 2026.8.2 was seen to do. */
export const EDGE_EVIDENCE = {
  edge_control_stream: {
    operations: [],
    statement: 'On its connection cloudflared is the HTTP/2 server; the edge opens the stream on which it registers.',
    evidence: 'client',
    source: 'cloudflared 2026.8.2',
  },
  edge_post_quantum: {
    operations: [],
    statement: 'With --post-quantum, cloudflared offers only key exchanges that OpenSSL has since version 3.5.',
    evidence: 'client',
    source: 'cloudflared 2026.8.2, with Node 22.14, 22.23 and 24.21',
  },
  edge_rpc: {
    operations: [],
    statement: 'cloudflared registers by RPC: it calls the answer to its first message before it has that answer.',
    evidence: 'client',
    source: 'frames captured from cloudflared 2026.8.2, which are in the tests',
  },
  edge_reconnect: {
    operations: [],
    statement: 'cloudflared reconnects only after the end of its TCP connection, and not after the end of HTTP/2.',
    evidence: 'client',
    source: 'cloudflared 2026.8.2',
  },
  edge_refusal: {
    operations: [],
    statement: 'cloudflared retries after a refusal with "Unauthorized", and leaves its connection open meanwhile.',
    evidence: 'client',
    source: 'cloudflared 2026.8.2; it exits after any other text on its first connection',
  },
  edge_unregister: {
    operations: [],
    statement: 'When cloudflared stops, it unregisters, completes its requests, and waits until HTTP/2 is closed.',
    evidence: 'client',
    source: 'cloudflared 2026.8.2',
  },
  edge_configuration_version: {
    operations: [],
    statement: 'cloudflared ignores a configuration that is not newer than its own, and answers with its own version.',
    evidence: 'client',
    source: 'cloudflared 2026.8.2',
  },
  edge_configuration_once: {
    operations: [],
    statement: 'A configuration goes over one connection of each connector, and none goes before the first PUT.',
    evidence: 'assumed',
    source: 'no source; cloudflared ignores further ones',
    unobservable: 'the responses of the API do not show how a connector got its version',
  },
  edge_index_replaced: {
    operations: [],
    statement: 'A connection with the index of an older one of its connector replaces that.',
    evidence: 'assumed',
    source: 'no source; cloudflared itself keeps one connection of each index',
    unobservable: 'the older connection is absent from the response',
  },
  edge_management_refusal: {
    operations: [],
    statement: 'The management service refuses a token that is missing or malformed with 400 and code 1001.',
    evidence: 'client',
    source: 'cloudflared 2026.8.2',
  },
  edge_management_resources: {
    operations: [],
    statement: 'Logs, ping and host details each need a resource of their name; metrics and profiles need admin.',
    evidence: 'client',
    source: 'the component tests of cloudflared 2026.8.2',
  },
  edge_quick_tunnel: {
    operations: [],
    statement:
      'For a quick tunnel, cloudflared sends POST /tunnel, and uses id, name, hostname, account and secret of the result.',
    evidence: 'client',
    source: 'cloudflared 2026.8.2; it names trycloudflare.com as the domain',
  },
  edge_request_headers: {
    operations: [],
    statement:
      'The edge tells the origin who asked: `cf-connecting-ip`, `cf-visitor`, `x-forwarded-proto`, and appended to `x-forwarded-for`.',
    evidence: 'documented',
    source: 'the page on HTTP headers',
  },
  edge_ray: {
    operations: [],
    statement: 'A request has a `cf-ray`, which its response has too.',
    evidence: 'documented',
    source: 'the page on HTTP headers',
  },
  edge_unreachable: {
    operations: [],
    statement: 'A visitor whose request leads to no connection of a tunnel gets 530 with error 1033.',
    evidence: 'documented',
    source: 'the page on error 1033',
  },
  edge_origin_timeout: {
    operations: [],
    statement: 'A visitor whose origin does not begin a response in time gets 524.',
    evidence: 'documented',
    source: 'the page on error 524',
  },
  edge_bad_gateway: {
    operations: [],
    statement: 'cloudflared answers 502 itself if it cannot reach the origin, and marks the response as its own.',
    evidence: 'client',
    source: 'cloudflared 2026.8.2',
  },
  edge_sent_again: {
    operations: [],
    statement:
      'If a connection is lost before a response, GET, HEAD and OPTIONS without a body go once to another one of the tunnel.',
    evidence: 'assumed',
    source: 'no source; a replica that is killed must not fail them',
    unobservable: 'the gateway is not part of the API',
  },
  edge_packed_headers: {
    operations: [],
    statement: 'cloudflared sends the headers of the origin in one header, in base64.',
    evidence: 'client',
    source: 'cloudflared 2026.8.2',
  },
  edge_stream_kinds: {
    operations: [],
    statement: 'Headers named `cf-cloudflared-…` tell cloudflared that a request is a websocket or a configuration.',
    evidence: 'client',
    source: 'cloudflared 2026.8.2',
  },
} as const satisfies Behaviours
