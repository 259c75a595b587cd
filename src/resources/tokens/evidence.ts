import type { Behaviours } from '../../evidence/types.ts'

/** What tokens say. */
export const TOKENS = {
  tunnel_token: {
    operations: ['create', 'update', 'get_token'],
    statement: 'A tunnel token is base64 of compact JSON: account, tunnel, secret, as `a`, `t` and `s`.',
    evidence: 'recorded',
    source: 'flare-operator recording 0041, 2026-09-29; cloudflared#1383',
  },
  tunnel_token_rotates: {
    operations: ['update', 'get_token'],
    statement: 'The token changes with the secret.',
    evidence: 'documented',
    source: "Cloudflare's page on remote tunnel permissions",
  },
  tunnel_token_of_local: {
    operations: ['get_token'],
    statement: 'A local tunnel has a token, too.',
    evidence: 'documented',
    source: 'the changes of cloudflared 2022.3.4',
  },
  tunnel_token_of_deleted: {
    operations: ['get_token'],
    statement: 'A deleted tunnel has no token: 404.',
    evidence: 'documented',
    source: 'the help of `cloudflared tunnel token`; its code is assumed, which `tunnel_not_found` tells',
  },
  tunnel_token_permission: {
    operations: ['get_token'],
    statement: 'Reading the token takes a write permission.',
    evidence: 'documented',
    source: "Cloudflare's page on remote tunnel permissions",
  },
  management_token: {
    operations: ['create_management_token', 'create_management_token_for_resource'],
    statement:
      'A management token is a JWT of an hour, signed with ES256, that names tunnel, account, actor and resources.',
    evidence: 'recorded',
    source: 'decoded from a sample in the tests of cloudflared',
  },
  management_ping: {
    operations: ['create_management_token', 'create_management_token_for_resource'],
    statement: 'Whoever may read logs may also ping.',
    evidence: 'recorded',
    source: 'the component tests of cloudflared, 2026',
  },
  management_actor: {
    operations: ['create_management_token', 'create_management_token_for_resource'],
    statement: 'The actor is the e-mail address that came with an API key, else a random UUID.',
    evidence: 'assumed',
    source: 'an address in one sample, a UUID in others; cloudflared wants it not to be empty',
  },
  management_path: {
    operations: ['create_management_token_for_resource'],
    statement: 'The resource may stand in the path, without a body: logs, admin, host_details.',
    evidence: 'client',
    source: 'cloudflared since 2026.2, commits 059f4d98 and 372a4b70',
  },
  management_of_deleted: {
    operations: ['create_management_token', 'create_management_token_for_resource'],
    statement: 'A deleted tunnel has no management token: 404.',
    evidence: 'assumed',
    source: 'formed like the tunnel token',
    untold: 'the refusal is that of an unknown tunnel, which `tunnel_not_found` tells',
  },
} as const satisfies Behaviours
