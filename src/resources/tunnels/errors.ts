import { defineErrors } from '../../gateway/api-error.ts'

export const TUNNEL_ERRORS = defineErrors({
  tunnel_not_found: {
    status: 404,
    evidence: 'recorded',
    source:
      'the suite of alchemy-run/distilled against the real service, 2026-04: the code, and 404 of a deletion; the text is what clients print',
    errors: () => [{ code: 1002, message: 'Tunnel not found' }],
  },
  tunnel_deleted: {
    status: 404,
    evidence: 'inferred',
    source: 'formed like tunnel_not_found; the configuration of a deleted tunnel is recorded as not found',
    errors: () => [{ code: 1002, message: 'Tunnel not found' }],
  },
  tunnel_name_taken: {
    status: 409,
    evidence: 'recorded',
    source: 'docker-mods#280, pulumi-cloudflare#1440; assumed for a rename',
    errors: () => [
      {
        code: 1013,
        message:
          'You already have a tunnel with this name. Delete the existing tunnel, or choose a different name for your new tunnel',
      },
    ],
  },
  tunnel_connected: {
    status: 400,
    evidence: 'recorded',
    source: 'flare-operator recording 0095, 2026-09-29',
    errors: () => [
      {
        code: 1022,
        message:
          'This tunnel has active connections. Please stop all cloudflared replicas, or wait a few minutes for connections to close, then try again.',
      },
    ],
  },
  tunnel_connected_older_text: {
    status: 400,
    evidence: 'recorded',
    source: 'terraform-provider-cloudflare#5255, 2025-03; still quoted on 2026-01-30',
    errors: () => [{ code: 1022, message: 'Cannot delete tunnel because it has active connections' }],
  },
})
