import { RECORD_ERRORS } from '../../../src/resources/dns-records/errors.ts'
import { ROUTE_ERRORS } from '../../../src/resources/dns-records/tunnel-route-errors.ts'
import { describeErrors } from '../../support/provoked-errors.ts'
import { startZone, UNKNOWN_RECORD, ZONE_ID } from '../../support/zone.ts'

const A = { type: 'A', name: 'a', content: '203.0.113.1' } as const
const CNAME = { type: 'CNAME', name: 'a', content: 'b.example.net' } as const
const NS = { type: 'NS', name: 'a', content: 'ns.example.net' } as const
const UNWRAPPED = 'dns_errors_unwrapped=on'

/** The response to the last of these records, as on a day. */
function posting(records: readonly object[], behaviour = 'latest') {
  return async () => {
    const { post } = await startZone({ behaviour })
    for (const record of records.slice(0, -1)) await post(record)
    return post(records.at(-1) ?? {})
  }
}

function routing(body: object, behaviour = 'latest') {
  return async () => {
    const { post, at } = await startZone({ behaviour })
    await post(A)
    return at(`/zones/${ZONE_ID}/tunnels/f70ff985-a4ef-4643-bbbc-4a0ed4fc8415/routes`).put('', body)
  }
}

const route = { type: 'dns', user_hostname: 'a.example.com' }

async function fillFreeZone() {
  const { post, records } = await startZone({}, { created_on: '2025-01-01T00:00:00Z' })
  const posts = Array.from({ length: 200 }, (_, index) => ({ type: 'TXT', name: `n${index}`, content: 'x' }))
  await records.post('/batch', { posts })
  return post(A)
}

describeErrors(
  { ...RECORD_ERRORS, ...ROUTE_ERRORS },
  {
    dns_record_unknown: async () => (await startZone()).records.get(`/${UNKNOWN_RECORD}`),
    dns_body_invalid: posting([{ ...A, content: 5 }]),
    dns_batch_too_large: async () =>
      (await startZone()).records.post('/batch', {
        deletes: Array.from({ length: 201 }, () => ({ id: UNKNOWN_RECORD })),
      }),
    dns_name_invalid: posting([{ ...A, name: '' }]),
    dns_target_not_allowed: posting([{ ...A, content: '1.1.1.1', proxied: true }]),
    dns_target_not_allowed_older: posting([{ ...A, content: '1.1.1.1', proxied: true }], `2020-01-01,${UNWRAPPED}`),
    dns_type_not_proxiable: posting([{ ...NS, proxied: true }]),
    dns_a_invalid: posting([{ ...A, content: 'x' }]),
    dns_aaaa_invalid: posting([{ ...A, type: 'AAAA' }]),
    dns_cname_invalid: posting([{ ...CNAME, content: 'a b' }]),
    dns_content_invalid: posting([{ ...NS, content: 'a b' }]),
    dns_mx_invalid: posting([{ ...A, type: 'MX', priority: 1 }]),
    dns_content_too_long: posting([{ ...A, type: 'TXT', content: 'x'.repeat(4200) }]),
    dns_ttl_invalid: posting([{ ...A, ttl: 5 }]),
    dns_ttl_invalid_older: posting([{ ...A, ttl: 5 }], `2020-01-01,${UNWRAPPED}`),
    dns_cname_self: posting([{ ...CNAME, content: 'a.example.com' }]),
    dns_field_missing: posting([{ type: 'A', name: 'a' }]),
    dns_tags_too_many: posting([{ ...A, tags: ['a:b'] }]),
    dns_comment_too_long: posting([{ ...A, comment: 'x'.repeat(101) }]),
    dns_host_exists: posting([A, CNAME]),
    dns_host_exists_older: posting([A, CNAME], '2023-01-01'),
    dns_cname_exists: posting([CNAME, A]),
    dns_cname_exists_older: posting([CNAME, A], '2023-01-01'),
    dns_delegated: posting([NS, A]),
    dns_delegation_not_alone: posting([A, NS]),
    dns_identical: posting([A, A]),
    dns_identical_older: posting([A, A], '2020-01-01'),
    dns_beneath_delegation: posting([NS, { ...A, name: 'www.a' }]),
    dns_set_too_long: posting(
      ['a', 'b', 'c'].map(letter => ({ type: 'TXT', name: 'a', content: letter.repeat(3000) })),
    ),
    dns_quota_exceeded: fillFreeZone,
    dns_route_refused: routing(route),
    dns_route_refused_2022: routing(route, '2023-01-01'),
    dns_route_refused_2021: routing(route, '2021-01-01'),
    dns_route_type: routing({ type: 'lb', lb_name: 'a.example.com', lb_pool: 'pool' }),
  },
)
