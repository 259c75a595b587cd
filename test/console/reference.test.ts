import { expect, test } from 'vitest'
import { byRule } from '../../console/pages/lint/rules.ts'
import { matching, operationsOf } from '../../console/pages/reference/operations.ts'

const LISTED = operationsOf({
  paths: {
    '/clock': {
      get: { operationId: 'getClock', summary: 'Read the clock', tags: ['clock'] },
      post: {
        operationId: 'moveClock',
        summary: 'Advance the clock',
        tags: ['clock'],
        requestBody: { content: { 'application/json': { example: { advance: '5m' } } } },
      },
    },
  },
})

test('each method of a path is an operation with the example of its body', () => {
  expect(LISTED.map(({ id, method, takesBody, example }) => [id, method, takesBody, example])).toEqual([
    ['getClock', 'GET', false, undefined],
    ['moveClock', 'POST', true, { advance: '5m' }],
  ])
})

test('an operation is found by its name, path or summary, in any case', () => {
  expect(matching(LISTED, 'MOVE').map(({ id }) => id)).toEqual(['moveClock'])
  expect(matching(LISTED, '/clock')).toHaveLength(2)
  expect(matching(LISTED, 'read the').map(({ id }) => id)).toEqual(['getClock'])
  expect(matching(LISTED, 'tunnel')).toEqual([])
})

test('findings of one rule stand together, in the order of the server', () => {
  const findings = ['a', 'b', 'a'].map((rule, id) => ({ rule, id }))

  expect([...byRule(findings)].map(([rule, found]) => [rule, found.map(({ id }) => id)])).toEqual([
    ['a', [0, 2]],
    ['b', [1]],
  ])
})
