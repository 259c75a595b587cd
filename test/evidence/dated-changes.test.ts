import { describe, expect, it } from 'vitest'
import { datedChangesOn } from '../../src/evidence/dated-changes.ts'

const LATEST = {
  config_src_in_answers: true,
  dns_target_9003: true,
  dns_identical_81058: true,
  dns_route_refusal_2022: true,
  dns_empty_name_refused: true,
  dns_ttl_bounds: true,
  dns_conflict_links: true,
  dns_errors_unwrapped: true,
  dns_route_refusal_2025: true,
  dns_record_zone_gone: true,
  list_live_only: true,
  delete_refusal_2026: true,
  connections_gone: true,
  routes_go_with_tunnel: true,
  cidr_paths_gone: true,
  configuration_account_id: false,
}

/** Changes of tunnels, the first of which was in 2025. */
const ALL_OFF = {
  config_src_in_answers: false,
  list_live_only: false,
  delete_refusal_2026: false,
  connections_gone: false,
  routes_go_with_tunnel: false,
  cidr_paths_gone: false,
}

const DNS_OFF = {
  dns_target_9003: false,
  dns_identical_81058: false,
  dns_route_refusal_2022: false,
  dns_empty_name_refused: false,
  dns_ttl_bounds: false,
  dns_conflict_links: false,
  dns_errors_unwrapped: false,
  dns_route_refusal_2025: false,
  dns_record_zone_gone: false,
}

/** Both came on 2026-10-05. */
const BEFORE_OCTOBER = { connections_gone: false, cidr_paths_gone: false }

describe('datedChangesOn', () => {
  it.each([
    ['latest', {}],
    ['9999-12-31', {}],
    ['2026-10-05', {}],
    ['2026-10-04', BEFORE_OCTOBER],
    ['2026-06-01', BEFORE_OCTOBER],
    ['2026-05-31', { ...BEFORE_OCTOBER, delete_refusal_2026: false }],
    ['2025-12-01', { ...BEFORE_OCTOBER, delete_refusal_2026: false }],
    ['2025-11-30', { ...BEFORE_OCTOBER, delete_refusal_2026: false, list_live_only: false }],
    ['2025-11-01', { ...BEFORE_OCTOBER, delete_refusal_2026: false, list_live_only: false }],
    ['2025-10-31', { ...ALL_OFF, config_src_in_answers: true }],
    ['2025-07-01', { ...ALL_OFF, config_src_in_answers: true }],
    ['2025-06-30', ALL_OFF],
    ['2000-01-01', { ...ALL_OFF, ...DNS_OFF }],
    ['latest,connections_gone=off', { connections_gone: false }],
    ['latest,connections_gone=on', {}],
    ['2025-06-30,connections_gone=on', { ...ALL_OFF, connections_gone: true }],
    [
      '2025-06-30,list_live_only=on,configuration_account_id=on',
      { ...ALL_OFF, list_live_only: true, configuration_account_id: true },
    ],
    ['latest,list_live_only=off,list_live_only=on', {}],
    [' latest , list_live_only=off ', { list_live_only: false }],
  ])('with "%s" differs from the latest day by %j', (text, difference) => {
    expect(datedChangesOn(text)).toEqual({ ...LATEST, ...difference })
  })

  it.each([
    ['', '"" is neither latest nor a day such as 2025-11-30'],
    ['newest', '"newest" is neither latest nor a day such as 2025-11-30'],
    ['Latest', '"Latest" is neither latest nor a day such as 2025-11-30'],
    ['2025-02-31', '"2025-02-31" is neither latest nor a day such as 2025-11-30'],
    ['2025-11', '"2025-11" is neither latest nor a day such as 2025-11-30'],
    ['2025-13-01', '"2025-13-01" is neither latest nor a day such as 2025-11-30'],
    ['2025-11-32', '"2025-11-32" is neither latest nor a day such as 2025-11-30'],
    ['2025-11-30T00:00:00Z', '"2025-11-30T00:00:00Z" is neither latest nor a day such as 2025-11-30'],
    ['20251130', '"20251130" is neither latest nor a day such as 2025-11-30'],
    ['list_live_only=off', '"list_live_only=off" is neither latest nor a day such as 2025-11-30'],
    ['latest,', '"" is no switch; expected '],
    ['latest,list_live_only', '"list_live_only" is no switch; expected '],
    ['latest,list_live_only=', '"list_live_only=" is no switch; expected '],
    ['latest,list_live_only=true', '"list_live_only=true" is no switch; expected '],
    ['latest,list_live_only=OFF', '"list_live_only=OFF" is no switch; expected '],
    ['latest,colour=on', '"colour=on" is no switch; expected '],
    ['latest,constructor=on', '"constructor=on" is no switch; expected '],
    ['latest,2025-11-30', '"2025-11-30" is no switch; expected '],
  ])('rejects "%s"', (text, complaint) => {
    expect(() => datedChangesOn(text)).toThrow(complaint)
  })

  it('names all switches when it rejects an unknown one', () => {
    expect(() => datedChangesOn('latest,colour=on')).toThrow(Object.keys(LATEST).join(', '))
  })
})
