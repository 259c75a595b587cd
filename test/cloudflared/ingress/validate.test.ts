import { describe, expect, it } from 'vitest'
import { checkRegexp } from '../../../src/cloudflared/go/syntax.ts'
import { type IngressConfig, validateIngress } from '../../../src/cloudflared/ingress/validate.ts'

const catchAll = { service: 'http_status:404' }

function answerTo(rule: NonNullable<IngressConfig['ingress']>[number], originRequest?: IngressConfig['originRequest']) {
  return validateIngress({ ingress: [{ hostname: 'a.example.com', ...rule }, catchAll], originRequest })
}

describe('the order of the checks', () => {
  const access = { required: true, audTag: ['tag'] }
  const broken = { service: 'x', hostname: 'a:80', path: '[', originRequest: { access } }

  it('looks at the service first', () => {
    expect(answerTo(broken)).toMatch(/^x is an invalid address/)
  })
  it('then at access', () => {
    expect(answerTo({ ...broken, service: 'bastion' })).toMatch(/^access.TeamName/)
  })
  it('then at the hostname', () => {
    expect(answerTo({ ...broken, service: 'bastion', originRequest: {} })).toBe('Hostname cannot contain a port')
  })
  it('and at the path last', () => {
    expect(answerTo({ service: 'bastion', path: '[' })).toMatch(/^Rule #1 has an invalid regex/)
  })
  it('names the first broken rule only', () => {
    const ingress = [{ hostname: 'a', service: 'bastion', path: ')' }, { service: 'x' }]
    expect(validateIngress({ ingress })).toMatch(/^Rule #1/)
  })
})

describe('bastion mode', () => {
  it.each([
    ['of the rule makes any service do', { bastionMode: true }, undefined],
    ['of the configuration makes any service do', {}, { bastionMode: true }],
  ])('%s', (_, ofRule, ofAll) => {
    expect(answerTo({ service: 'x', originRequest: ofRule }, ofAll)).toBeNull()
  })
  it('is turned off by the rule for itself', () => {
    const answer = answerTo({ service: 'x', originRequest: { bastionMode: false } }, { bastionMode: true })
    expect(answer).toMatch(/^x is an invalid address/)
  })
  it('does not excuse a bad status code', () => {
    expect(answerTo({ service: 'http_status:99', originRequest: { bastionMode: true } })).toBe(
      'invalid HTTP status code: 99',
    )
  })
})

describe('a path', () => {
  it.each(['', '^', '/', '^/v1/', 'a_b-c', '^-', '0'])('that means itself, such as %j, is one that Go parses', path => {
    expect(() => checkRegexp(path)).not.toThrow()
    expect(answerTo({ path, service: 'http://h' })).toBeNull()
  })
  it.each(['*', '/*+', 'a{2}{3}', '/^(', '^\\'])('such as %j is refused', path => {
    expect(answerTo({ path, service: 'http://h' })).toMatch(/^Rule #1 has an invalid regex/)
  })
})

describe('IP rules', () => {
  const answerToRules = (...ipRules: { prefix?: string; ports?: number[] }[]) =>
    answerTo({ service: 'socks-proxy', originRequest: { ipRules } })

  it.each([
    ['10.0.0.0/8', [80, 443], null],
    ['10.0.0.0/8', [80, 70000, -1], 'invalid port -1, needs to be between 1 and 65535'],
    ['10.0.0.0/8', [70000, 65536], 'invalid port 65536, needs to be between 1 and 65535'],
    ['10.0.0.0', [0], 'unable to parse cidr: 10.0.0.0'],
    ['', [], 'no prefix provided'],
  ])('%j with ports %j', (prefix, ports, reason) => {
    const answer = reason === null ? null : `unable to create ip rule for socks-proxy: ${reason}`
    expect(answerToRules({ prefix, ports })).toBe(answer)
  })
  it('are checked in their order', () => {
    expect(answerToRules({ prefix: '::/0' }, {}, { prefix: 'x' })).toMatch(/no prefix provided$/)
  })
})

it('shows a lone surrogate as U+FFFD, which Go puts in its place', () => {
  expect(answerTo({ service: '\ud800' })).toMatch(/^\ufffd is an invalid address/)
})
