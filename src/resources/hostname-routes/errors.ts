import { defineErrors } from '../../gateway/api-error.ts'

export const HOSTNAME_ROUTE_ERRORS = defineErrors({
  hostname_route_not_found: {
    status: 404,
    evidence: 'assumed',
    source: "the acceptance tests of Terraform's provider need an error after a deletion; formed like 1015 of a route",
    errors: () => [{ code: 1015, message: 'Hostname route not found' }],
  },
  hostname_route_exists: {
    status: 409,
    evidence: 'assumed',
    source: 'formed like 1014 of a route',
    errors: () => [{ code: 1014, message: 'You already have a route defined for this hostname' }],
  },
})
