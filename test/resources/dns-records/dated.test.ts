import { describe, expect, it } from 'vitest'
import type { RecordChange } from '../../../schemas/dns-record-changes.ts'
import { startZone, ZONE_ID } from '../../support/zone.ts'

const A: RecordChange = { type: 'A', name: 'a', content: '203.0.113.1' }
const LINK =
  ' For more details, refer to <https://developers.cloudflare.com/dns/manage-dns-records/troubleshooting/records-with-same-name/>.'

/** The errors of a POST after others, as on a day, without the wrapping of that day. */
async function errorsOn(day: string, record: RecordChange, before: readonly RecordChange[] = []) {
  const { post, add } = await startZone({ behaviour: `${day},dns_errors_unwrapped=on` })
  for (const one of before) await add(one)
  return (await post(record)).errors
}

describe('errors of fields', { tags: ['dns_errors_unwrapped'] }, () => {
  it.each(['2024-09-30', 'latest,dns_errors_unwrapped=off'])('as of %s are wrapped', async behaviour => {
    const { post } = await startZone({ behaviour })

    expect(await post({ type: 'MX', name: 'a', content: '203.0.113.1' })).toMatchObject({
      status: 400,
      errors: [
        {
          code: 1004,
          message: 'DNS Validation Error',
          error_chain: [{ code: 9100, message: 'priority is a required field.' }, { code: 9009 }],
        },
      ],
    })
  })

  it.each(['2024-10-01', 'latest'])('as of %s stand alone', async behaviour => {
    const { codes } = await startZone({ behaviour })

    expect(await codes({ type: 'MX', name: 'a', content: '203.0.113.1' })).toEqual([9100, 9009])
  })

  it('are never wrapped for conflicts', async () => {
    const { add, codes } = await startZone({ behaviour: '2024-09-30' })
    await add(A)

    expect(await codes(A)).toEqual([81058])
  })
})

describe('texts of errors', {
  tags: ['dns_change_days', 'dns_identical_older', 'dns_target_not_allowed_older', 'dns_ttl_invalid_older'],
}, () => {
  it.each<[string, RecordChange, readonly RecordChange[], number, string]>([
    ['2021-12-31', A, [A], 81057, 'The record already exists.'],
    ['2022-01-01', A, [A], 81058, 'An identical record already exists.'],
    [
      '2023-12-31',
      { ...A, type: 'CNAME', content: 'b.example.net' },
      [A],
      81053,
      'An A, AAAA, or CNAME record with that host already exists.',
    ],
    [
      '2024-01-01',
      { ...A, type: 'CNAME', content: 'b.example.net' },
      [A],
      81053,
      `An A, AAAA, or CNAME record with that host already exists.${LINK}`,
    ],
    [
      '2023-12-31',
      A,
      [{ ...A, type: 'CNAME', content: 'b.example.net' }],
      81054,
      'A CNAME record with that host already exists.',
    ],
    [
      '2020-12-31',
      { ...A, content: '1.1.1.1', proxied: true },
      [],
      9041,
      'This DNS record cannot be proxied - click the cloud icon to turn it gray to proceed',
    ],
    [
      '2021-01-01',
      { ...A, content: '1.1.1.1', proxied: true },
      [],
      9003,
      'Target 1.1.1.1 is not allowed for a proxied record.',
    ],
    [
      '2022-12-31',
      { ...A, ttl: 119 },
      [],
      9021,
      'Invalid TTL. Must be between 120 and 2,147,483,647 seconds, or 1 for automatic',
    ],
    ['2023-01-01', { ...A, ttl: 59 }, [], 9021, 'TTL must be between 60 and 86400 seconds, or 1 for Automatic.'],
  ])('as of %s for %j after %j: %d %s', async (day, record, before, code, message) => {
    expect(await errorsOn(day, record, before)).toEqual([{ code, message }])
  })

  it('as of 2022 allow a TTL of a week', async () => {
    expect(await errorsOn('2022-12-31', { ...A, ttl: 604_800 })).toEqual([])
  })
})

describe('an empty name', { tags: ['dns_empty_name_refused'] }, () => {
  it.each([
    ['2022-06-30', 200],
    ['2022-07-01', 400],
  ])('as of %s is answered with %d', async (behaviour, status) => {
    const { post } = await startZone({ behaviour })
    const response = await post({ ...A, name: '' })

    expect(response.status).toBe(status)
    if (status === 200) expect(response.result.name).toBe('example.com')
  })
})

describe('the zone of a record', { tags: ['dns_record_zone_gone'] }, () => {
  it.each([
    ['2025-02-28', { zone_id: ZONE_ID, zone_name: 'example.com' }],
    ['2025-03-01', {}],
  ])('as of %s is shown as %j', async (behaviour, shown) => {
    const { add } = await startZone({ behaviour })
    const { zone_id, zone_name } = await add(A)

    expect({ zone_id, zone_name }).toEqual({ zone_id: undefined, zone_name: undefined, ...shown })
  })
})
