import { defineErrors } from '../../gateway/api-error.ts'

export const TUNNEL_ERRORS = defineErrors({
  tunnel_not_found: {
    status: 404,
    evidence: 'assumed',
    source: 'status and text are what clients rely on; nobody has shown the code',
    errors: () => [{ code: 1003, message: 'Tunnel not found' }],
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
  tunnel_connected_before_2026: {
    status: 400,
    evidence: 'recorded',
    source: 'terraform-provider-cloudflare#5255, 2025-03',
    errors: () => [{ code: 1022, message: 'Cannot delete tunnel because it has active connections' }],
  },
})
