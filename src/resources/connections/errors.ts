import { defineErrors } from '../../gateway/api-error.ts'

export const CONNECTION_ERRORS = defineErrors({
  connector_not_found: {
    status: 404,
    evidence: 'assumed',
    source: 'formed like tunnel_not_found',
    errors: () => [{ code: 1002, message: 'Connector not found' }],
  },
})
