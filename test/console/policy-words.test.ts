import { expect, it } from 'vitest'
import { hostnameOf, selectorsOf } from '../../console/pages/access/rule-words.ts'

it('rules with the same selector stand together, and service tokens have their names', () => {
  const rules = [
    { selector: 'email', values: ['a@example.com'] },
    { selector: 'service_token', values: ['id-1'] },
    { selector: 'email', values: ['b@example.com'] },
    { selector: 'everyone', values: [] },
  ]

  expect(selectorsOf(rules, id => (id === 'id-1' ? 'ci-deploy' : undefined))).toEqual([
    { selector: 'email', values: ['a@example.com', 'b@example.com'] },
    { selector: 'service token', values: ['ci-deploy'] },
    { selector: 'everyone', values: [] },
  ])
})

it.each([
  ['shop.example.com/admin', 'shop.example.com'],
  ['shop.example.com', 'shop.example.com'],
  ['https://shop.example.com:8443/', 'shop.example.com'],
])('the hostname of %s is %s', (destination, hostname) => {
  expect(hostnameOf(destination)).toBe(hostname)
})
