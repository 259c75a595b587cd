import type { Behaviours } from '../../evidence/types.ts'

/** What is left of the paths of before `cfd_tunnel`. */
export const ARGO_TUNNELS = {
  argo_paths: {
    operations: ['create_argo', 'get_argo', 'delete_argo', 'clean_up_argo'],
    statement: 'Below `/tunnels` the old operations still work, on the same tunnels.',
    evidence: 'client',
    source:
      'the SDKs of 2024 call them: cloudflare-typescript 3, cloudflare-python 3, cloudflare-go 2; documented until then',
  },
  argo_answer: {
    operations: ['create_argo', 'get_argo', 'delete_argo'],
    statement: 'A tunnel shows id, name, times of creation and deletion, and its connections, which show little.',
    evidence: 'documented',
    source: 'the published description of 2024-08',
  },
  argo_nothing_else: {
    operations: ['create_argo', 'get_argo', 'delete_argo'],
    statement: 'Under the old paths a tunnel has no other field.',
    evidence: 'assumed',
    source: 'no recording of these paths since they were to end',
  },
  argo_secret: {
    operations: ['create_argo'],
    statement: '`tunnel_secret` must be given, and the tunnel is local.',
    evidence: 'documented',
    source: 'the published description of 2024-08',
  },
  argo_clean_up: {
    operations: ['clean_up_argo'],
    statement: 'Only connections that are lost and wait for a reconnect are dropped.',
    evidence: 'documented',
    source: 'the published description until 2024-04',
  },
} as const satisfies Behaviours
