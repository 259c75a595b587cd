import type { Evidence } from '../../../schemas/evidence.ts'
import { defineErrors } from '../../gateway/api-error.ts'

/** One error of many: 400 with 12130, and what is wrong. */
function invalidRequest(evidence: Evidence, source: string, text: (detail: string) => string) {
  return {
    status: 400,
    evidence,
    source,
    errors: (detail: string) =>
      [{ code: 12130, message: `access.api.error.invalid_request: ${text(detail)}` }] as const,
  }
}

export const ACCESS_ERRORS = defineErrors({
  access_not_found: {
    status: 404,
    evidence: 'recorded',
    source: 'a public script quotes the whole response to an update of an unknown policy; alchemy has the code, too',
    errors: () => [{ code: 12135, message: 'access.api.error.not_found' }],
  },
  access_app_exists: {
    status: 409,
    evidence: 'recorded',
    source: 'DockFlare#217, 2025-09, whole response: the domain has an application',
    errors: () => [{ code: 11010, message: 'access.api.error.application_already_exists' }],
  },
  access_destination_taken: {
    status: 409,
    evidence: 'inferred',
    source: "text quoted in two public projects; the code is that of other conflicts in Cloudflare's Terraform tests",
    errors: () => [{ code: 12132, message: 'access.api.error.conflict: destination belongs to another application' }],
  },
  access_policy_in_use: {
    status: 409,
    evidence: 'inferred',
    source: 'status: terraform-provider-cloudflare#7140 and #7284, 2026; no source for the code and the text',
    errors: () => [{ code: 12132, message: 'access.api.error.conflict: policy is used by an application' }],
  },
  access_tag_exists: {
    status: 409,
    evidence: 'assumed',
    source: 'our choice, formed like the other conflicts',
    errors: () => [{ code: 12132, message: 'access.api.error.conflict: tag already exists' }],
  },
  access_service_token_in_use: {
    status: 400,
    evidence: 'inferred',
    source: 'code and text quoted by a public project, 2026-08, which does not say the status',
    errors: () => [
      {
        code: 12139,
        message:
          'access.api.error.service_token_in_use: cannot delete service token because it is used by a policy, group, or app SCIM configuration.',
      },
    ],
  },
  access_app_id_malformed: {
    status: 400,
    evidence: 'inferred',
    source: 'code and text: python-cloudflare#100, 2020, where the id was missing; the status is our choice',
    errors: () => [{ code: 12045, message: 'access.api.error.invalid_application_id' }],
  },
  access_app_type_invalid: invalidRequest(
    'recorded',
    'measured by a public project with an empty body, 2026-09',
    () => 'app type is missing or invalid',
  ),
  access_domain_outside: invalidRequest(
    'recorded',
    'a dozen public projects, for hostnames outside the zones of the account and for zones that are not active yet',
    () => 'domain does not belong to zone',
  ),
  access_domain_not_included: invalidRequest(
    'recorded',
    'measured by a public project, 2026-09',
    () => 'domain not included in destinations',
  ),
  access_too_many_destinations: invalidRequest(
    'recorded',
    'several public projects, with the limit of 5',
    () => 'too many destinations for one app',
  ),
  access_tag_unknown: invalidRequest(
    'recorded',
    'the troubleshooting page of a public project',
    () => 'tags contain a tag that does not exist',
  ),
  access_precedences_equal: invalidRequest(
    'recorded',
    'terraform-provider-cloudflare#2354, 2023',
    () => 'policy precedences must be unique',
  ),
  access_policies_mixed: invalidRequest(
    'inferred',
    'the API reference says that reusable and inline policies are mutually exclusive; the text is ours',
    () => 'reusable and inline policies are mutually exclusive',
  ),
  access_policy_unknown: invalidRequest(
    'assumed',
    'no source for a link to an unknown policy',
    id => `policy ${id} does not exist`,
  ),
  access_body_invalid: invalidRequest(
    'assumed',
    'code as recorded for an application without a type; the text is ours',
    problem => problem,
  ),
})
