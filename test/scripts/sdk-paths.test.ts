import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { operationsIn, operationsOfSdk, textOf, treeOf } from '../../scripts/description/sdk-paths.ts'

describe('fixtures/cloudflare-paths.json', () => {
  it('has the operations of the installed SDK: npm run api-paths', () => {
    expect(readFileSync('fixtures/cloudflare-paths.json', 'utf8')).toBe(textOf(treeOf(operationsOfSdk())))
  })
})

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: sources of the SDK */
describe('an operation of the SDK', () => {
  it.each([
    ["this._client.post('/zones', { body });", [{ method: 'POST', path: '/zones' }]],
    [
      'this._client.get(path `/zones/${zone_id}/settings/${settingID}`, options);',
      [{ method: 'GET', path: '/zones/{zone_id}/settings/{setting_id}' }],
    ],
    ['this._client.getAPIList(path `/zones`, Page, { query });', [{ method: 'GET', path: '/zones' }]],
    [
      "this._client.getAPIList(path `/zones`, Page, { body, method: 'post', ...options });",
      [{ method: 'POST', path: '/zones' }],
    ],
    [
      'this._client.put(path `/${accountOrZone}/${accountOrZoneId}/rulesets`, options);',
      [
        { method: 'PUT', path: '/accounts/{account_id}/rulesets' },
        { method: 'PUT', path: '/zones/{zone_id}/rulesets' },
      ],
    ],
  ])('is read from %s', (source, operations) => {
    expect(operationsIn(source)).toEqual(operations)
  })

  it('of a form that is not known fails', () => {
    expect(() => operationsIn('this._client.get(url)')).toThrow('1 calls of the SDK have a form that is not known')
  })
})

/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: sources of the SDK */

describe('the tree of operations', () => {
  it('has one name for the parameters at one place', () => {
    const operations = [
      { method: 'PUT', path: '/zones/{zone}' },
      { method: 'GET', path: '/zones/{id}' },
    ]

    expect(treeOf(operations)).toEqual({ zones: { '{id}': { GET: {}, PUT: {} } } })
  })
})
