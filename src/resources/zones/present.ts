import type { PlanName, Zone, ZoneRecord } from '../../../schemas/zone.ts'
import type { Database } from '../../store/database.ts'
import { accountName } from '../sample-account.ts'

/** The first is recorded (zone_values), the others are made up (assumed: zone_plans). */
const PLANS: Readonly<Record<PlanName, Pick<Zone['plan'], 'id' | 'name' | 'price' | 'frequency'>>> = {
  free: { id: '0feeeeeeeeeeeeeeeeeeeeeeeeeeeeee', name: 'Free Website', price: 0, frequency: '' },
  pro: { id: '1feeeeeeeeeeeeeeeeeeeeeeeeeeeeee', name: 'Pro Website', price: 20, frequency: 'monthly' },
  business: { id: '2feeeeeeeeeeeeeeeeeeeeeeeeeeeeee', name: 'Business Website', price: 200, frequency: 'monthly' },
  enterprise: { id: '3feeeeeeeeeeeeeeeeeeeeeeeeeeeeee', name: 'Enterprise Website', price: 5000, frequency: 'monthly' },
}

/** What a token that may edit DNS sees (recorded: zone_permissions). */
const PERMISSIONS = ['#dns_records:edit', '#dns_records:read', '#zone:read']

/** A zone with the keys and values of the recording (recorded: zone_values). */
export function presentZone(db: Database, zone: ZoneRecord): Zone {
  const { id, name, status, paused, type, plan, created_on, modified_on, account_id } = zone
  return {
    id,
    name,
    status,
    paused,
    type,
    development_mode: 0,
    name_servers: [...zone.name_servers],
    original_name_servers: null,
    original_registrar: null,
    original_dnshost: null,
    modified_on,
    created_on,
    activated_on: status === 'active' ? created_on : null,
    vanity_name_servers: [],
    vanity_name_servers_ips: null,
    meta: { step: 2, custom_certificate_quota: 0, page_rule_quota: 3, phishing_detected: false },
    owner: { id: null, type: 'user', email: null },
    account: { id: account_id, name: accountName(db, account_id) },
    tenant: { id: null, name: null },
    tenant_unit: { id: null },
    permissions: [...PERMISSIONS],
    plan: {
      ...PLANS[plan],
      currency: 'USD',
      is_subscribed: plan !== 'free',
      can_subscribe: false,
      legacy_id: plan,
      legacy_discount: false,
      externally_managed: false,
    },
  }
}
