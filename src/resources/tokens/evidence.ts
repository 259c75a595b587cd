import { always, type Behaviours } from '../../evidence/types.ts'
import { OPERATIONS } from '../tunnels/operation-ids.ts'

/** Behaviours of tokens. */
export const TOKENS = {
  tunnel_token: {
    operations: [OPERATIONS.create, OPERATIONS.update, OPERATIONS.get_token],
    statement: 'A tunnel token is base64 of compact JSON: account, tunnel, secret, as `a`, `t` and `s`.',
    evidence: 'recorded',
    source: 'flare-operator recording 0041, 2026-09-29; cloudflared#1383',
    usedIn: always,
  },
  tunnel_token_rotates: {
    operations: [OPERATIONS.update, OPERATIONS.get_token],
    statement: 'The token changes with the secret.',
    evidence: 'documented',
    source: "Cloudflare's page on remote tunnel permissions",
    usedIn: ({ body }) => body.tunnel_secret !== undefined,
  },
  tunnel_token_of_local: {
    operations: [OPERATIONS.get_token],
    statement: 'A local tunnel also has a token.',
    evidence: 'documented',
    source: 'the changes of cloudflared 2022.3.4',
    isNoted: true,
  },
  tunnel_token_of_deleted: {
    operations: [OPERATIONS.get_token],
    statement: 'A deleted tunnel has no token: 404.',
    evidence: 'documented',
    source: 'the help of `cloudflared tunnel token`; the code is inferred, from an unknown tunnel',
  },
  tunnel_token_permission: {
    operations: [OPERATIONS.get_token],
    statement: 'Reading the token requires a write permission.',
    evidence: 'documented',
    source:
      "Cloudflare's page on remote tunnel permissions; a public client contradicts it, and reads tokens with a read permission",
  },
  management_token: {
    operations: [OPERATIONS.create_management_token, OPERATIONS.create_management_token_for_resource],
    statement:
      'A management token is a JWT, valid for an hour and signed with ES256, with tunnel, account, actor and resources.',
    evidence: 'recorded',
    source: 'decoded from a sample in the tests of cloudflared',
    usedIn: always,
  },
  management_ping: {
    operations: [OPERATIONS.create_management_token, OPERATIONS.create_management_token_for_resource],
    statement: 'A token for logs also allows ping.',
    evidence: 'recorded',
    source: 'the component tests of cloudflared, 2026',
    isNoted: true,
  },
  management_actor: {
    operations: [OPERATIONS.create_management_token, OPERATIONS.create_management_token_for_resource],
    statement: 'The actor is the e-mail address that came with an API key, else a random UUID.',
    evidence: 'assumed',
    source: 'an address in one sample, a UUID in others; cloudflared requires a value',
    isNoted: true,
  },
  management_path: {
    operations: [OPERATIONS.create_management_token_for_resource],
    statement: 'The resource can be in the path, without a body: logs, admin, host_details.',
    evidence: 'client',
    source: 'cloudflared since 2026.2, commits 059f4d98 and 372a4b70',
    usedIn: always,
  },
  management_of_deleted: {
    operations: [OPERATIONS.create_management_token, OPERATIONS.create_management_token_for_resource],
    statement: 'A deleted tunnel has no management token: 404.',
    evidence: 'assumed',
    source: 'formed like the tunnel token',
    usedInError: ({ error }) => error === 'tunnel_deleted',
  },
  management_of_local: {
    operations: [OPERATIONS.create_management_token, OPERATIONS.create_management_token_for_resource],
    statement: 'A local tunnel also has a management token.',
    evidence: 'documented',
    source: "Cloudflare's documentation, 2026-07",
    isNoted: true,
  },
} as const satisfies Behaviours
