import { isObject } from '../../../schemas/is-object.ts'
import { always, type Behaviours } from '../../evidence/types.ts'
import { OPERATIONS } from '../tunnels/operation-ids.ts'

/** Behaviours of configurations. */
export const CONFIGURATIONS = {
  configuration_answer: {
    operations: [OPERATIONS.get_configuration, OPERATIONS.put_configuration],
    statement: 'A configuration has tunnel, version, config, source and the time of that version, and no `account_id`.',
    evidence: 'recorded',
    source: 'flare-operator recordings 0045, 0046 and 0048, 2026-09-29',
    usedIn: ({ items }) => items.some(({ config }) => config !== null),
  },
  configuration_account_id: {
    operations: [OPERATIONS.get_configuration, OPERATIONS.put_configuration],
    statement: 'A configuration has `account_id`, only with `--behavior latest,configuration_account_id=on`.',
    evidence: 'documented',
    source: 'the published description; recorded responses lack it',
    usedIn: ({ changes }) => changes.configuration_account_id,
  },
  configuration_version: {
    operations: [OPERATIONS.put_configuration],
    statement: 'The first configuration of a remote tunnel is version 1, and each further one adds 1.',
    evidence: 'recorded',
    source: 'flare-operator recordings 0045 and 0048, 2026-09-29',
    usedIn: always,
  },
  configuration_first_of_local: {
    operations: [OPERATIONS.put_configuration],
    statement: 'The first configuration of a local tunnel is version 0.',
    evidence: 'recorded',
    source:
      'cf-terraforming, testdata/cloudflare/v5, cloudflare_zero_trust_tunnel_cloudflared_config.yaml, 2025-02: one of 2023-06; cloudflared#670; cloudflared starts at -1 for it',
    usedIn: ({ items }) => items.some(({ version }) => version === 0),
  },
  configuration_identical: {
    operations: [OPERATIONS.put_configuration],
    statement: 'The same configuration again is also a new version.',
    evidence: 'inferred',
    source: 'no recording; a PUT replaces without comparing',
    unobservable: 'a configuration is not compared with the one before',
  },
  configuration_refused: {
    operations: [OPERATIONS.put_configuration],
    statement: 'A rejected configuration does not use up a version.',
    evidence: 'inferred',
    source: 'no recording of the version after flare-operator 0050 and 0051',
    unobservable: 'only the version in a later response shows it',
  },
  configuration_replaced: {
    operations: [OPERATIONS.put_configuration],
    statement: 'A configuration replaces the previous one completely, without merging and without defaults.',
    evidence: 'recorded',
    source: 'flare-operator recordings 0045 and 0048, 2026-09-29; ricoberger.de, 2025-03-16',
    usedIn: always,
  },
  configuration_unknown_keys: {
    operations: [OPERATIONS.put_configuration],
    statement: 'Undeclared keys are stored and returned.',
    evidence: 'inferred',
    source: 'cloudflared ignores unknown keys in its configuration; NginxProxyGuard#267 round-trips them',
    unobservable: 'which keys are unknown depends on the date of the description',
  },
  configuration_nulls: {
    operations: [OPERATIONS.put_configuration],
    statement: 'A null in an optional field is the same as leaving it out.',
    evidence: 'inferred',
    source: 'it is so in Rust and Go, the languages of the service and of cloudflared',
    unobservable: 'the nulls are removed before the response is built',
  },
  warp_routing_added: {
    operations: [OPERATIONS.put_configuration],
    statement: '`warp-routing: {enabled: false}` is added where it is missing.',
    evidence: 'recorded',
    source: 'flare-operator recording 0048, 2026-09-29',
    usedIn: ({ body }) => !isObject(body.config) || !('warp-routing' in body.config),
  },
  ingress_validation: {
    operations: [OPERATIONS.put_configuration],
    statement: "Ingress rules pass cloudflared's own validator, in its order and with its texts; the first error wins.",
    evidence: 'recorded',
    source: 'flare-operator recordings 0050 and 0051; terraform-provider-cloudflare#2327; the rest read in cloudflared',
    usedIn: ({ checks_ingress }) => checks_ingress,
  },
  ingress_path: {
    operations: [OPERATIONS.put_configuration],
    statement: 'A path is a regular expression of RE2, as Go reads it.',
    evidence: 'client',
    source: 'cloudflared compiles it, and would reject the rule',
  },
  ingress_missing: {
    operations: [OPERATIONS.put_configuration],
    statement:
      'A body without config, or a config without ingress, is accepted; only an empty list of rules is rejected.',
    evidence: 'assumed',
    source:
      'terraform-provider-cloudflare#2916 shows a stored configuration without ingress; an empty list is recorded by flare-operator, 0051',
    usedIn: ({ body }) => !isObject(body.config) || !('ingress' in body.config),
  },
  configuration_on_local: {
    operations: [OPERATIONS.put_configuration],
    statement: 'A local tunnel accepts a configuration, and a GET returns it.',
    evidence: 'recorded',
    source: 'terraform-provider-cloudflare#6272, 2025-10-01',
  },
  configuration_migrates: {
    operations: [OPERATIONS.put_configuration],
    statement: 'From its first configuration on, Cloudflare manages a local tunnel.',
    evidence: 'inferred',
    source: "the dashboard's migration, cloudflared#843",
    isNoted: true,
  },
  configuration_put_on_deleted: {
    operations: [OPERATIONS.put_configuration],
    statement: 'A deleted tunnel accepts no configuration: 404.',
    evidence: 'inferred',
    source: 'no recording',
    usedInError: ({ error }) => error === 'tunnel_deleted',
  },
  configuration_never_put: {
    operations: [OPERATIONS.get_configuration],
    statement: 'A remote tunnel without a configuration has version 0 and null.',
    evidence: 'recorded',
    source: 'flare-operator recording 0044, 2026-09-29',
    usedIn: ({ items }) => items.some(({ config }) => config === null),
  },
  configuration_of_local: {
    operations: [OPERATIONS.get_configuration],
    statement: 'A local tunnel without a configuration has none: 404 with 1055.',
    evidence: 'recorded',
    source: 'measured by two public projects, 2026-09-14 and 2026-10-09',
  },
  configuration_of_deleted: {
    operations: [OPERATIONS.get_configuration],
    statement: 'A deleted tunnel has no configuration: 404 with 1055.',
    evidence: 'recorded',
    source: 'flare-operator recording 0103, 2026-09-29',
  },
} as const satisfies Behaviours
