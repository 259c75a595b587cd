import { ACCESS_ERRORS } from '../../../src/resources/access/errors.ts'
import { APP, POLICY, startAccess } from '../../support/access.ts'
import { UNKNOWN_ID } from '../../support/emulator.ts'
import { describeErrors } from '../../support/provoked-errors.ts'

const createApp = async (body: object) => (await startAccess()).post('/apps', { ...APP, ...body })

describeErrors(ACCESS_ERRORS, {
  access_not_found: async () => (await startAccess()).put(`/policies/${UNKNOWN_ID}`, POLICY),
  access_app_exists: async () => {
    const access = await startAccess()
    await access.createApp()
    return access.post('/apps', APP)
  },
  access_destination_taken: async () => {
    const access = await startAccess()
    await access.createApp()
    return access.post('/apps', { ...APP, domain: 'b.example.com', self_hosted_domains: ['b.example.com', APP.domain] })
  },
  access_policy_in_use: async () => {
    const access = await startAccess()
    const { id } = await access.createPolicy()
    await access.createApp({ policies: [{ id, precedence: 1 }] })
    return access.delete(`/policies/${id}`)
  },
  access_tag_exists: async () => {
    const access = await startAccess()
    await access.post('/tags', { name: 'a' })
    return access.post('/tags', { name: 'a' })
  },
  access_service_token_in_use: async () => {
    const access = await startAccess()
    const { result } = await access.post<{ id: string }>('/service_tokens', { name: 'ci' })
    await access.createPolicy({ include: [{ service_token: { token_id: result.id } }] })
    return access.delete(`/service_tokens/${result.id}`)
  },
  access_app_id_malformed: async () => (await startAccess()).get('/apps/blog'),
  access_app_type_invalid: async () => createApp({ type: 'teapot' }),
  access_domain_outside: async () => createApp({ domain: 'app.example.net' }),
  access_domain_not_included: async () => createApp({ destinations: [{ type: 'public', uri: 'b.example.com' }] }),
  access_too_many_destinations: async () =>
    createApp({ domain: undefined, self_hosted_domains: [...'abcdef'].map(name => `${name}.example.com`) }),
  access_tag_unknown: async () => createApp({ tags: ['unknown'] }),
  access_precedences_equal: async () =>
    createApp({
      policies: [
        { ...POLICY, precedence: 1 },
        { ...POLICY, precedence: 1 },
      ],
    }),
  access_policies_mixed: async () => {
    const access = await startAccess()
    const { id } = await access.createPolicy()
    return access.post('/apps', { ...APP, policies: [id, POLICY] })
  },
  access_policy_unknown: async () => createApp({ policies: [UNKNOWN_ID] }),
  access_body_invalid: async () => (await startAccess()).post('/policies', { ...POLICY, decision: 'perhaps' }),
})
