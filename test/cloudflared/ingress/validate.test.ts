import { describe, expect, it } from 'vitest'
import { checkRegexp } from '../../../src/cloudflared/go/syntax.ts'
import { type IngressConfig, validateIngress } from '../../../src/cloudflared/ingress/validate.ts'

const CATCH_ALL = { service: 'http_status:404' }

function validateRule(
  rule: NonNullable<IngressConfig['ingress']>[number],
  originRequest?: IngressConfig['originRequest'],
) {
  return validateIngress({ ingress: [{ hostname: 'a.example.com', ...rule }, CATCH_ALL], originRequest })
}

describe('validateIngress, if a rule fails several checks', () => {
  const access = { required: true, audTag: ['tag'] }
  const invalid = { service: 'x', hostname: 'a:80', path: '[', originRequest: { access } }

  it('reports the service first', () => {
    expect(validateRule(invalid)).toMatch(/^x is an invalid address/)
  })
  it('reports the access settings before the hostname', () => {
    expect(validateRule({ ...invalid, service: 'bastion' })).toMatch(/^access.TeamName/)
  })
  it('reports the hostname before the path', () => {
    expect(validateRule({ ...invalid, service: 'bastion', originRequest: {} })).toBe('Hostname cannot contain a port')
  })
  it('reports the path last', () => {
    expect(validateRule({ service: 'bastion', path: '[' })).toMatch(/^Rule #1 has an invalid regex/)
  })
  it('reports only the first invalid rule', () => {
    const ingress = [{ hostname: 'a', service: 'bastion', path: ')' }, { service: 'x' }]
    expect(validateIngress({ ingress })).toMatch(/^Rule #1/)
  })
})

describe('validateIngress in bastion mode', () => {
  it.each([
    ['of the rule', { bastionMode: true }, undefined],
    ['of the configuration', {}, { bastionMode: true }],
  ])('%s accepts any service', (_, ofRule, ofAll) => {
    expect(validateRule({ service: 'x', originRequest: ofRule }, ofAll)).toBeNull()
  })
  it('rejects a service that is not a URL if the rule turns bastion mode off', () => {
    const answer = validateRule({ service: 'x', originRequest: { bastionMode: false } }, { bastionMode: true })
    expect(answer).toMatch(/^x is an invalid address/)
  })
  it('rejects an invalid status code', () => {
    expect(validateRule({ service: 'http_status:99', originRequest: { bastionMode: true } })).toBe(
      'invalid HTTP status code: 99',
    )
  })
})

describe('validateIngress with a path', () => {
  it.each(['', '^', '/', '^/v1/', 'a_b-c', '^-', '0'])('accepts the literal %j', path => {
    expect(() => checkRegexp(path)).not.toThrow()
    expect(validateRule({ path, service: 'http://h' })).toBeNull()
  })
  it.each(['*', '/*+', 'a{2}{3}', '/^(', '^\\'])('rejects %j', path => {
    expect(validateRule({ path, service: 'http://h' })).toMatch(/^Rule #1 has an invalid regex/)
  })
})

describe('validateIngress with IP rules', () => {
  const validateIpRules = (...ipRules: { prefix?: string; ports?: number[] }[]) =>
    validateRule({ service: 'socks-proxy', originRequest: { ipRules } })

  it.each([
    ['10.0.0.0/8', [80, 443], null],
    ['10.0.0.0/8', [80, 70000, -1], 'invalid port -1, needs to be between 1 and 65535'],
    ['10.0.0.0/8', [70000, 65536], 'invalid port 65536, needs to be between 1 and 65535'],
    ['10.0.0.0', [0], 'unable to parse cidr: 10.0.0.0'],
    ['', [], 'no prefix provided'],
  ])('%j with ports %j answers %j', (prefix, ports, reason) => {
    const answer = reason === null ? null : `unable to create ip rule for socks-proxy: ${reason}`
    expect(validateIpRules({ prefix, ports })).toBe(answer)
  })
  it('reports the first invalid IP rule', () => {
    expect(validateIpRules({ prefix: '::/0' }, {}, { prefix: 'x' })).toMatch(/no prefix provided$/)
  })
})

it('validateIngress shows a lone surrogate as U+FFFD, as Go does', () => {
  expect(validateRule({ service: '\ud800' })).toMatch(/^\ufffd is an invalid address/)
})
