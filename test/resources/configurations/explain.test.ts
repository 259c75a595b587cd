import { describe, expect, it } from 'vitest'
import { problemWith } from '../../../schemas/check.ts'
import type { IngressRule, TunnelConfig } from '../../../schemas/configuration.ts'
import { Explanation } from '../../../schemas/control/explain.ts'
import type { ConfigurationRecord } from '../../../schemas/records.ts'
import type { ConfigSource } from '../../../schemas/tunnel.ts'
import { TooManyStepsError } from '../../../src/cloudflared/ingress/match.ts'
import { explain, UnusableUrl } from '../../../src/resources/configurations/explain.ts'
import type { Candidate, Route } from '../../../src/resources/configurations/select-tunnels.ts'
import { createTunnel } from '../../../src/resources/tunnels/rules.ts'
import { newConnections, newConnector } from '../../../src/simulation/new-connector.ts'

const ACCOUNT = '699d98642c564d2e855e9661899b7252'
const OTHER_ACCOUNT = '0123456789abcdef0123456789abcdef'
const IN_OTHER_ACCOUNT = { account_id: OTHER_ACCOUNT.toUpperCase() }
const NOW = '2026-01-01T00:00:00.000000Z'
const WEB = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const SHOP = '1bedc50d-42b3-473c-b108-ff3d10c0d925'

function tunnel(id: string, name: string, account = ACCOUNT, config_src: ConfigSource = 'cloudflare') {
  return createTunnel(account, { name, config_src }, { id, secret: '', now: NOW }, 0)
}

function configuration(config: TunnelConfig): ConfigurationRecord {
  return {
    version: 7,
    source: 'cloudflare',
    config,
    created_at: NOW,
    author: 'API token',
  }
}

/** A connector with one connection, which is lost if `lost_at` is given. */
function connector(id: string, config_version: number | null, lost_at: string | null = null) {
  const started = { ...newConnector({}, id, '', NOW), config_version }
  const connections = newConnections(started, 1, () => id, NOW).map(connection => ({ ...connection, lost_at }))
  return { ...started, connections }
}

const RULES = [
  { hostname: 'www.example.com', service: 'http://localhost:1' },
  { hostname: 'api.example.com', path: '^/admin', service: 'http://localhost:2' },
  { hostname: 'api.example.com', path: '^/v[0-9]+/', service: 'http://localhost:3' },
  { hostname: '*.example.com', service: 'http://localhost:4' },
  { path: '^/health$', service: 'http_status:200' },
  { service: 'http_status:404' },
]

function candidate(overrides: Partial<Candidate> = {}): Candidate {
  return {
    tunnel: tunnel(WEB, 'web'),
    configuration: configuration({ ingress: RULES }),
    connectors: [],
    ...overrides,
  }
}

function withRules(...rules: IngressRule[]): Candidate {
  const ingress = [...rules.map(rule => ({ service: 'http://localhost', ...rule })), { service: 'http_status:404' }]
  return candidate({ configuration: configuration({ ingress }) })
}

const ROUTE: Route = {
  dns: {
    zone_id: '0'.repeat(32),
    zone_name: 'example.com',
    account_id: ACCOUNT,
    records: [],
    tunnel_id: WEB,
    missing_link: null,
  },
  why: 'DNS leads to tunnel web',
}

function explainOne(url: string, tunnelCandidate = candidate()) {
  return explain(url, [tunnelCandidate], { tunnel_id: WEB }).tunnels[0]
}

describe('explain, the rule that serves a URL', () => {
  it.each([
    ['https://www.example.com/x?y#z', 0, 'hostname www.example.com matches'],
    ['https://api.example.com/v1/x', 2, 'hostname api.example.com matches, path ^/v[0-9]+/ matches /v1/x'],
    ['https://api.example.com/', 3, 'hostname *.example.com matches api.example.com'],
    ['wss://a.b.EXAMPLE.com:8443/', 3, 'hostname *.example.com matches a.b.example.com'],
    ['http://example.com/health', 4, 'any hostname matches, path ^/health$ matches /health'],
    ['http://example.com/', 5, 'catch-all: no rule before it matches'],
  ])('for %s is the rule with index %i', (url, index, why) => {
    const { service } = RULES[index] ?? {}
    expect(explainOne(url)).toMatchObject({ version: 7, rule: { index, service }, why })
  })

  it('has null for a part that the rule does not set', () => {
    const rule = { index: 4, hostname: null, path: '^/health$', service: 'http_status:200' }
    expect(explainOne('http://example.com/health')?.rule).toEqual(rule)
  })

  it('is the catch-all if it is the only rule', () => {
    expect(explainOne('http://a', withRules())?.why).toBe('catch-all: it is the only rule')
  })

  it('matches the unescaped path', () => {
    const explanation = explainOne('https://a/caf%C3%A9%2Fx?y', withRules({ path: '^/café/x$' }))
    expect(explanation?.why).toBe('any hostname matches, path ^/café/x$ matches /café/x')
  })

  it('matches the hostname in punycode', () => {
    const { hostname, tunnels } = explain('https://bücher.example/', [withRules({ hostname: 'bücher.example' })])
    expect(hostname).toBe('xn--bcher-kva.example')
    expect(tunnels[0]?.why).toBe('hostname bücher.example matches xn--bcher-kva.example')
  })
})

describe('explain, each rule before the one that serves', () => {
  const NOT_CONVERTED = ': after a wildcard, neither upper case nor other scripts are converted'

  it('is listed with its reason', () => {
    expect(explainOne('https://api.example.com/x')?.skipped).toEqual([
      { index: 0, why: 'hostname www.example.com is not api.example.com' },
      { index: 1, why: 'path ^/admin does not match /x' },
      { index: 2, why: 'path ^/v[0-9]+/ does not match /x' },
    ])
  })

  it.each([
    ['*.example.com', 'https://other.com', ''],
    ['*.example.com', 'https://example.com', ': the wildcard stands for one label or more'],
    ['*.Example.com', 'https://a.example.com', NOT_CONVERTED],
    ['*.bücher.example', 'https://a.bücher.example', NOT_CONVERTED],
  ])('with hostname %s has a reason for %s', (hostname, url, more) => {
    const why = `hostname ${hostname} does not match ${new URL(url).hostname}${more}`
    expect(explainOne(url, withRules({ hostname }))?.skipped).toEqual([{ index: 0, why }])
  })
})

describe('explain, the tunnels', () => {
  const shop = { ...withRules({ hostname: 'www.example.com' }), tunnel: tunnel(SHOP, 'shop', OTHER_ACCOUNT) }

  it.each([
    ['https://api.example.com', {}, 'web', 'tunnel web has a rule that names api.example.com'],
    ['https://a.b/health', {}, '', 'none of 2 tunnels has a rule that names a.b'],
    ['https://a.b', { tunnel_id: SHOP.toUpperCase() }, 'shop', 'tunnel shop has no rule that names a.b'],
    ['https://www.example.com', IN_OTHER_ACCOUNT, 'shop', 'tunnel shop has a rule that names www.example.com'],
    [
      'https://a.b',
      IN_OTHER_ACCOUNT,
      '',
      `tunnel shop has no rule that names a.b in account ${IN_OTHER_ACCOUNT.account_id}`,
    ],
    [
      'https://a.b',
      { ...IN_OTHER_ACCOUNT, tunnel_id: WEB },
      '',
      `there is no tunnel ${WEB} in account ${IN_OTHER_ACCOUNT.account_id}`,
    ],
    [
      'https://www.example.com',
      {},
      'web, shop',
      '2 tunnels have a rule that names www.example.com: its DNS record would decide',
    ],
  ])('for %s within %j', (url, narrowing, names, why) => {
    const explanation = explain(url, [candidate(), shop], narrowing)
    expect(explanation.tunnels.map(({ tunnel_name }) => tunnel_name).join(', ')).toBe(names)
    expect(explanation.why).toBe(why)
  })

  it('are none in an empty world', () => {
    expect(explain('https://a.b', [])).toMatchObject({ tunnels: [], why: 'there is no tunnel' })
  })
})

describe('explain, the tunnel to which DNS leads', () => {
  const missing: Route = {
    dns: { ...ROUTE.dns, tunnel_id: null, missing_link: 'no-dns-record' },
    why: 'there is no record',
  }
  const other = { ...candidate(), tunnel: tunnel(SHOP, 'shop') }

  it.each([
    ['https://api.example.com', {}, ROUTE, 'web', 'DNS leads to tunnel web'],
    ['https://a.b', {}, ROUTE, 'web', 'DNS leads to tunnel web, which has no rule that names the host'],
    ['https://api.example.com', {}, missing, '', 'there is no record'],
    ['https://api.example.com', { tunnel_id: SHOP }, missing, 'shop', 'there is no record'],
    ['https://api.example.com', { tunnel_id: SHOP }, ROUTE, 'shop', `DNS leads to tunnel web, not to tunnel ${SHOP}`],
    [
      'https://api.example.com',
      { account_id: OTHER_ACCOUNT },
      ROUTE,
      '',
      `DNS leads to tunnel web, not to one of account ${OTHER_ACCOUNT}`,
    ],
  ])('for %s within %j', (url, scope, found, names, why) => {
    const { tunnels, ...explanation } = explain(url, [candidate(), other], scope, () => found)
    expect(tunnels.map(({ tunnel_name }) => tunnel_name).join()).toBe(names)
    expect(explanation).toMatchObject({ why, dns: found.dns })
  })
})

describe('explain, without a rule that serves', () => {
  const notServed = { rule: null, skipped: [], serving: false, serving_why: 'no rule to serve' }

  it('says that the tunnel has no configuration', () => {
    const explanation = explainOne('https://a', candidate({ configuration: undefined }))
    expect(explanation).toMatchObject({ ...notServed, version: null, why: 'the tunnel has no configuration' })
  })

  it('says that cloudflared rejects a configuration with a rule after the catch-all', () => {
    const config = { ingress: [{ service: 'bastion' }, { service: 'bastion' }] }
    const explanation = explainOne('https://a', candidate({ configuration: configuration(config) }))
    expect(explanation).toMatchObject({ ...notServed, version: 7 })
    expect(explanation?.why).toContain('cloudflared refuses version 7: Rule #1 is matching')
  })
})

describe('explain, for a configuration without rules', () => {
  it.each([{}, { ingress: [] }, { 'warp-routing': { enabled: true } }])(
    'gives the default rule of cloudflared for %j',
    config => {
      const connectors = [connector('a', 7)]
      const explanation = explainOne('https://a', candidate({ configuration: configuration(config), connectors }))
      expect(explanation).toMatchObject({
        version: 7,
        rule: { index: 0, hostname: null, path: null, service: 'http_status:503' },
        why: 'the configuration has no rules, so cloudflared answers 503',
        skipped: [],
        serving: true,
      })
    },
  )

  it('names no host', () => {
    expect(explain('https://a', [candidate({ configuration: configuration({}) })])).toMatchObject({
      tunnels: [],
      why: 'tunnel web has no rule that names a',
    })
  })
})

describe('explain, whether a tunnel serves', () => {
  it.each([
    ['without a connector', [], false, 'the tunnel has no live connection'],
    ['with a lost connector', [connector('a', 7, NOW)], false, 'the tunnel has no live connection'],
    ['with a connector', [connector('a', 7)], true, '1 connector connected, on version 7'],
    ['with two connectors', [connector('a', 7), connector('b', 7)], true, '2 connectors connected, on version 7'],
    [
      'with one connector on an older version',
      [connector('a', 7), connector('b', 6)],
      true,
      '1 of 2 connectors not on version 7: b on 6',
    ],
    [
      'with a connector without a version',
      [connector('a', null)],
      false,
      '1 of 1 connector not on version 7: a on none',
    ],
  ])('$0 is $2', (_, connectors, serving, serving_why) => {
    expect(explainOne('https://a', candidate({ connectors }))).toMatchObject({ serving, serving_why })
  })

  it('depends only on live connections for a local tunnel', () => {
    const local = candidate({ tunnel: tunnel(WEB, 'web', ACCOUNT, 'local'), connectors: [connector('a', null)] })
    const serving_why = '1 connector connected, configured locally'
    expect(explainOne('https://a', local)).toMatchObject({ serving: true, serving_why })
  })
})

describe('explain rejects the URL', () => {
  it.each([
    ['', '"" is no URL such as https://www.example.com/path'],
    ['www.example.com/x', '"www.example.com/x" is no URL such as https://www.example.com/path'],
    ['localhost:80/x', '"localhost:80/x" is for localhost: while tunnels serve http:, https:, ws: and wss:'],
    ['ftp://a/', '"ftp://a/" is for ftp: while tunnels serve http:, https:, ws: and wss:'],
    ['https://a/%zz', '"https://a/%zz" has the escape "%zz" in its path, which cloudflared cannot read'],
    ['https://a/x%', '"https://a/x%" has the escape "%" in its path, which cloudflared cannot read'],
  ])('%s', (url, message) => {
    expect(() => explain(url, [])).toThrow(new UnusableUrl(message))
  })
})

it('explain returns what its model declares', () => {
  const candidates = [candidate(), candidate({ configuration: undefined, tunnel: tunnel(SHOP, 'shop') })]
  expect(problemWith(Explanation, explain('https://api.example.com/x', candidates))).toBeUndefined()
  expect(problemWith(Explanation, explain('https://a', candidates, { tunnel_id: SHOP }))).toBeUndefined()
  expect(
    problemWith(
      Explanation,
      explain('https://a', candidates, {}, () => ROUTE),
    ),
  ).toBeUndefined()
})

describe('explain, with rules that are meant to be slow', () => {
  const path = `${'(a|b)*'.repeat(200)}$`

  it('throws TooManyStepsError before it tries expressions that would take too long', () => {
    const rules = Array.from({ length: 1_000 }, (_, nth) => ({ path: `${nth}${path}` }))

    expect(() => explainOne(`https://a.example.com/${'a'.repeat(8_000)}`, withRules(...rules))).toThrow(
      TooManyStepsError,
    )
  })

  it('tries an expression once if all rules share it', () => {
    const rules = Array.from({ length: 1_000 }, () => ({ path }))

    expect(explainOne('https://a.example.com/c', withRules(...rules))?.rule?.index).toBe(0)
  })

  it('takes less than a second for a hostname that would take minutes to normalize', () => {
    const start = performance.now()
    const hostname = `e${'\u0301\u0323'.repeat(100_000)}`

    expect(explainOne('https://a.example.com/', withRules({ hostname }))?.rule?.index).toBe(1)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
