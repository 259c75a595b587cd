import type { DnsRecord } from '../../schemas/dns-record.ts'
import type { RecordChange } from '../../schemas/dns-record-changes.ts'
import type { StateZone } from '../../schemas/state-zone.ts'
import type { EmulatorOptions } from '../../src/emulator/types.ts'
import { startEmulator } from './emulator.ts'

const ZONE = 'example.com'
export const ZONE_ID = '023e105f4ecef8ad9ca31a8372d0c353'
export const UNKNOWN_RECORD = 'f'.repeat(32)

/** An emulator with one zone, on the Free plan unless `zone` says otherwise, and a client for its records. */
export async function startZone(options: EmulatorOptions = {}, zone: Partial<StateZone> = {}) {
  const seed = [{ zones: [{ name: ZONE, id: ZONE_ID, ...zone }] }]
  const { emulator, at, create } = await startEmulator({ seed, ...options })
  const records = at(`/zones/${ZONE_ID}/dns_records`)
  const post = (record: object) => records.post<DnsRecord>('', record)
  const refusal = ({ errors }: { readonly errors: readonly { readonly code: number }[] }) =>
    errors.map(({ code }) => code)

  return {
    emulator,
    at,
    create,
    records,
    post,

    /** Creates a record; throws on an error response. */
    add: async (record: RecordChange): Promise<DnsRecord> => {
      const { success, errors, result } = await post(record)
      if (!success) throw new Error(`not created: ${JSON.stringify(errors)}`)
      return result
    },

    /** The codes of the errors of a POST; empty if it succeeds. */
    codes: async (record: object): Promise<number[]> => refusal(await post(record)),

    list: async (query = '') => (await records.get<DnsRecord[]>(query)).result,

    names: async (query = '') =>
      (await records.get<DnsRecord[]>(query)).result.map(({ name }) => name.slice(0, -ZONE.length - 1)),
  }
}
