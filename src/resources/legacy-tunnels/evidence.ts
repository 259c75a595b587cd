import { always, type Behaviours } from '../../evidence/types.ts'
import { OPERATIONS } from '../tunnels/operation-ids.ts'

/** Behaviours of the deprecated paths. */
export const ARGO_TUNNELS = {
  argo_paths: {
    operations: [OPERATIONS.create_argo, OPERATIONS.get_argo, OPERATIONS.delete_argo, OPERATIONS.clean_up_argo],
    statement: 'Below `/tunnels` the old operations still work, on the same tunnels.',
    evidence: 'client',
    source:
      'the SDKs of 2024 call them: cloudflare-typescript 3, cloudflare-python 3, cloudflare-go 2; documented until then',
    usedIn: always,
  },
  argo_answer: {
    operations: [OPERATIONS.create_argo, OPERATIONS.get_argo, OPERATIONS.delete_argo],
    statement: 'A tunnel has id, name, times of creation and deletion, and connections with few fields.',
    evidence: 'documented',
    source: 'the published description of 2024-08',
    usedIn: always,
  },
  argo_nothing_else: {
    operations: [OPERATIONS.create_argo, OPERATIONS.get_argo, OPERATIONS.delete_argo],
    statement: 'At the old paths a tunnel has no other field.',
    evidence: 'assumed',
    source: 'no recording of these paths since their announced end',
    usedIn: always,
  },
  argo_secret: {
    operations: [OPERATIONS.create_argo],
    statement: '`tunnel_secret` is required, and the tunnel is local.',
    evidence: 'documented',
    source: 'the published description of 2024-08',
  },
  argo_clean_up: {
    operations: [OPERATIONS.clean_up_argo],
    statement: 'Only connections that are pending reconnect are removed.',
    evidence: 'documented',
    source: 'the published description until 2024-04',
    usedIn: always,
  },
} as const satisfies Behaviours
