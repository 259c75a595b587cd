/** The SDK's own test suite asks for these ids; the seed docs has what it asks for. */
import Cloudflare from 'cloudflare'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const POLICY = 'f174e90a-fafe-4643-bbbc-4a0ed4fc8415'
const HEX = '023e105f4ecef8ad9ca31a8372d0c353'
const account_id = '699d98642c564d2e855e9661899b7252'
const inZone = { zone_id: HEX }
const inAccount = { account_id: HEX }

async function startSuite() {
  const emulator = await createEmulator({ port: 0, seed: ['docs'] })
  onTestFinished(() => emulator.close())
  return new Cloudflare({
    apiKey: '144c9defac04969c7bfad8efaa8ea194',
    apiEmail: 'user@example.com',
    baseURL: emulator.url,
    maxRetries: 0,
  })
}

const RECORD = { ...inZone, name: 'example.com', ttl: 3600, type: 'A', content: '198.51.100.4' } as const
const NETWORK = { account_id, name: 'us-east-1-vpc', comment: 'Staging VPC for data science' }
const ROUTE = { account_id, network: '172.16.0.0/16', tunnel_id: ID, comment: 'Example comment for this route.' }
const POLICY_FIELDS: Cloudflare.ZeroTrust.Access.PolicyCreateParams = {
  ...inAccount,
  name: 'Allow devs',
  decision: 'allow',
  include: [{ everyone: {} }],
}

const CALLS: [string, (client: Cloudflare) => Promise<unknown>][] = [
  ['zones.list', async client => client.zones.list()],
  ['zones.get', client => client.zones.get(inZone)],
  ['dns.records.create', client => client.dns.records.create(RECORD)],
  ['dns.records.list', async client => client.dns.records.list(inZone)],
  ['dns.records.get', client => client.dns.records.get(HEX, inZone)],
  ['dns.records.update', client => client.dns.records.update(HEX, RECORD)],
  ['dns.records.edit', client => client.dns.records.edit(HEX, RECORD)],
  ['dns.records.delete', client => client.dns.records.delete(HEX, inZone)],
  ['dns.records.batch', client => client.dns.records.batch({ ...inZone, deletes: [{ id: HEX }], posts: [RECORD] })],
  ['accounts.list', async client => client.accounts.list()],
  ['accounts.get', client => client.accounts.get(inAccount)],
  ['memberships.list', async client => client.memberships.list()],
  ['user.get', client => client.user.get()],
  ['virtualNetworks.create', client => client.zeroTrust.networks.virtualNetworks.create(NETWORK)],
  ['virtualNetworks.list', async client => client.zeroTrust.networks.virtualNetworks.list({ account_id })],
  ['virtualNetworks.get', client => client.zeroTrust.networks.virtualNetworks.get(ID, { account_id })],
  ['virtualNetworks.edit', client => client.zeroTrust.networks.virtualNetworks.edit(ID, NETWORK)],
  ['virtualNetworks.delete', client => client.zeroTrust.networks.virtualNetworks.delete(ID, { account_id })],
  ['routes.create', client => client.zeroTrust.networks.routes.create(ROUTE)],
  ['routes.list', async client => client.zeroTrust.networks.routes.list({ account_id })],
  ['routes.get', client => client.zeroTrust.networks.routes.get(ID, { account_id })],
  ['routes.edit', client => client.zeroTrust.networks.routes.edit(ID, ROUTE)],
  ['routes.delete', client => client.zeroTrust.networks.routes.delete(ID, { account_id })],
  ['routes.ips.get', client => client.zeroTrust.networks.routes.ips.get('172.17.0.1', { account_id })],
  [
    'hostnameRoutes.create',
    client =>
      client.zeroTrust.networks.hostnameRoutes.create({ account_id, hostname: 'office-1.local', tunnel_id: ID }),
  ],
  ['hostnameRoutes.list', async client => client.zeroTrust.networks.hostnameRoutes.list({ account_id })],
  ['hostnameRoutes.get', client => client.zeroTrust.networks.hostnameRoutes.get(ID, { account_id })],
  [
    'hostnameRoutes.edit',
    client => client.zeroTrust.networks.hostnameRoutes.edit(ID, { account_id, hostname: 'office-1.local' }),
  ],
  ['hostnameRoutes.delete', client => client.zeroTrust.networks.hostnameRoutes.delete(ID, { account_id })],
  ['access.policies.create', client => client.zeroTrust.access.policies.create(POLICY_FIELDS)],
  ['access.policies.list', async client => client.zeroTrust.access.policies.list(inAccount)],
  ['access.policies.get', client => client.zeroTrust.access.policies.get(POLICY, inAccount)],
  ['access.policies.update', client => client.zeroTrust.access.policies.update(POLICY, POLICY_FIELDS)],
  ['access.policies.delete', client => client.zeroTrust.access.policies.delete(POLICY, inAccount)],
  ['access.tags.create', client => client.zeroTrust.access.tags.create({ ...inAccount, name: 'engineers' })],
  ['access.tags.list', async client => client.zeroTrust.access.tags.list(inAccount)],
  [
    'access.serviceTokens.create',
    client => client.zeroTrust.access.serviceTokens.create({ ...inAccount, name: 'CI/CD token' }),
  ],
  ['access.serviceTokens.get', client => client.zeroTrust.access.serviceTokens.get(POLICY, inAccount)],
  ['access.serviceTokens.rotate', client => client.zeroTrust.access.serviceTokens.rotate(POLICY, inAccount)],
  ['access.serviceTokens.delete', client => client.zeroTrust.access.serviceTokens.delete(POLICY, inAccount)],
]

describe("a call of the SDK's own test suite, against the seed docs", () => {
  it.each(CALLS)('%s succeeds', async (_name, call) => {
    await expect(call(await startSuite())).resolves.toBeDefined()
  })
})
