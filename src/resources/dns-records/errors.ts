import { defineErrors } from '../../gateway/api-error.ts'
import { CONFLICT_ERRORS } from './conflict-errors.ts'

const EMAIL_RECORDS = 'https://developers.cloudflare.com/dns/manage-dns-records/how-to/email-records/#add-mx-records'

/** Errors of the fields of a record. A response can have several (recorded: dns_several_errors). */
export const FIELD_ERRORS = defineErrors({
  dns_name_invalid: {
    status: 400,
    evidence: 'recorded',
    source: 'timothymiller/cloudflare-ddns#91, 2022; octodns-cloudflare#109, 2024',
    errors: () => [{ code: 9000, message: 'DNS name is invalid.' }],
  },
  dns_target_not_allowed: {
    status: 400,
    evidence: 'recorded',
    source: 'DNSControl#4776, 2026-08; external-dns#6556, 2026',
    errors: target => [{ code: 9003, message: `Target ${target} is not allowed for a proxied record.` }],
  },
  dns_target_not_allowed_older: {
    status: 400,
    evidence: 'recorded',
    source: 'external-dns#1428, 2020',
    errors: () => [
      {
        code: 9041,
        message: 'This DNS record cannot be proxied - click the cloud icon to turn it gray to proceed',
      },
    ],
  },
  dns_type_not_proxiable: {
    status: 400,
    evidence: 'recorded',
    source: 'fruitionsite#104; hiddify#3607, 2024-02',
    errors: () => [{ code: 9004, message: 'This record type cannot be proxied.' }],
  },
  dns_a_invalid: {
    status: 400,
    evidence: 'recorded',
    source: 'yulewang/cloudflare-api-v4-ddns#16, 2021',
    errors: () => [{ code: 9005, message: 'Content for A record must be a valid IPv4 address.' }],
  },
  dns_aaaa_invalid: {
    status: 400,
    evidence: 'recorded',
    source: 'wherelse#15, 2023',
    errors: () => [{ code: 9006, message: 'Content for AAAA record must be a valid IPv6 address.' }],
  },
  dns_cname_invalid: {
    status: 400,
    evidence: 'recorded',
    source: 'external-dns#2409, 2021',
    errors: () => [{ code: 9007, message: 'Content for CNAME record is invalid.' }],
  },
  dns_content_invalid: {
    status: 400,
    evidence: 'assumed',
    source: 'no source for other types; formed like that of CNAME',
    errors: type => [{ code: 9007, message: `Content for ${type} record is invalid.` }],
  },
  dns_mx_invalid: {
    status: 400,
    evidence: 'recorded',
    source: 'pulumi-cloudflare#1107, 2025-03',
    errors: () => [
      {
        code: 9009,
        message: `Change the content of your MX record to be a hostname (and not an IP address). For more details, refer to <${EMAIL_RECORDS}>.`,
      },
    ],
  },
  dns_content_too_long: {
    status: 400,
    evidence: 'recorded',
    source: 'cisagov/manage.get.gov#5244, 2026',
    errors: () => [{ code: 9015, message: 'Record content exceeds the allowed length of 4096 wire format bytes.' }],
  },
  dns_ttl_invalid: {
    status: 400,
    evidence: 'recorded',
    source: 'timothymiller/cloudflare-ddns#179, 2024-02; the bounds are documented',
    errors: bounds => [{ code: 9021, message: `TTL must be between ${bounds} seconds, or 1 for Automatic.` }],
  },
  dns_ttl_invalid_older: {
    status: 400,
    evidence: 'recorded',
    source: 'LINKIWI/cloudflare-ddns-client#30 and NewFuture/DDNS#125, 2020',
    errors: () => [
      { code: 9021, message: 'Invalid TTL. Must be between 120 and 2,147,483,647 seconds, or 1 for automatic' },
    ],
  },
  dns_cname_self: {
    status: 400,
    evidence: 'recorded',
    source: 'external-dns#4749, 2024-09',
    errors: () => [{ code: 9039, message: 'CNAME content cannot reference itself.' }],
  },
  dns_field_missing: {
    status: 400,
    evidence: 'recorded',
    source: 'pulumi-cloudflare#1107, 2025-03, for priority; inferred for other fields',
    errors: field => [{ code: 9100, message: `${field} is a required field.` }],
  },
  dns_tags_too_many: {
    status: 400,
    evidence: 'recorded',
    source: 'terraform-provider-cloudflare#3217, on Free',
    errors: tags => [{ code: 9300, message: `DNS record has ${tags}.` }],
  },
  dns_comment_too_long: {
    status: 400,
    evidence: 'recorded',
    source: 'STRRL/cloudflare-tunnel-ingress-controller#139 and #168',
    errors: max => [{ code: 9313, message: `DNS record comment exceeds the maximum length of ${max} characters.` }],
  },
})

/** Errors of records, beside those of fields and conflicts. */
const OTHER_ERRORS = defineErrors({
  dns_record_unknown: {
    status: 404,
    evidence: 'recorded',
    source: 'zanjie1999/cloudflare-api-v4-ddns#5; 404: the Terraform provider removes a record from its state',
    errors: () => [{ code: 81044, message: 'Record does not exist.' }],
  },
  dns_body_invalid: {
    status: 400,
    evidence: 'recorded',
    source:
      'timothymiller/cloudflare-ddns#206, 2025-02, for a content that was a list; inferred for other types and for a body that is not JSON',
    errors: () => [{ code: 9207, message: 'Request body is invalid.' }],
  },
  dns_batch_too_large: {
    status: 400,
    evidence: 'assumed',
    source: 'the limits are documented; the code and text are ours',
    errors: max => [{ code: 9207, message: `Request body is invalid. A batch can have at most ${max} records.` }],
  },
})

export const RECORD_ERRORS = { ...OTHER_ERRORS, ...FIELD_ERRORS, ...CONFLICT_ERRORS }

/** The errors of operations that create or change a record. */
export const CHANGE_ERRORS = [
  ...Object.values(FIELD_ERRORS),
  ...Object.values(CONFLICT_ERRORS),
  OTHER_ERRORS.dns_body_invalid,
]
