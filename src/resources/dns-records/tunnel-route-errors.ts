import { defineErrors } from '../../gateway/api-error.ts'

export const ROUTE_ERRORS = defineErrors({
  dns_route_refused: {
    status: 400,
    evidence: 'recorded',
    source: 'logs of cloudflared of 2025 and 2026, for an existing record; the status was not shown',
    errors: reason => [{ code: 1003, message: `Failed to create record ${reason}` }],
  },
  dns_route_refused_2022: {
    status: 400,
    evidence: 'recorded',
    source: 'app-cloudflared#129 and #342, 2022 and 2023; the status was not shown',
    errors: reason => [{ code: 1003, message: reason }],
  },
  dns_route_refused_2021: {
    status: 400,
    evidence: 'recorded',
    source: 'cloudflared#499, 2021; the status was not shown',
    errors: () => [{ code: 1003, message: 'An A, AAAA or CNAME record already exists with that host.' }],
  },
  dns_route_type: {
    status: 400,
    evidence: 'assumed',
    source: 'our choice: load balancers are not emulated',
    errors: () => [
      { code: 10501, message: 'mockflared has no load balancers: only routes of type dns lead to a tunnel' },
    ],
  },
})
