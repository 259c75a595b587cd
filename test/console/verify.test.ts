import { expect, test } from 'vitest'
import {
  differingPart,
  expectationIn,
  wantedWords,
  withCount,
  withField,
} from '../../console/pages/verify/expectation.ts'

test('the hash holds an expectation only as a JSON object', () => {
  expect(expectationIn('{"method":"POST"}')).toEqual({ method: 'POST' })
  for (const text of [null, '', '{"method":', '[]', 'null', '7']) expect(expectationIn(text)).toBeUndefined()
})

test('a field that is emptied leaves the expectation', () => {
  expect(withField({ method: 'GET', status: 200 }, 'status', 409)).toEqual({ method: 'GET', status: 409 })
  expect(withField({ method: 'GET', status: 200 }, 'status', undefined)).toEqual({ method: 'GET' })
})

test('a count has the bounds that are given, and goes with the last of them', () => {
  expect(withCount({}, 'min', 2)).toEqual({ count: { min: 2 } })
  expect(withCount({ count: { min: 2, max: 3 } }, 'min', undefined)).toEqual({ count: { max: 3 } })
  expect(withCount({ count: { max: 3 } }, 'max', undefined)).toEqual({})
})

test.each([
  [{ min: 1, max: null }, 'at least 1 request'],
  [{ min: 2, max: 2 }, 'exactly 2 requests'],
  [{ min: 0, max: 0 }, 'no request'],
  [{ min: 0, max: 3 }, 'at most 3 requests'],
  [{ min: 1, max: 3 }, '1 to 3 requests'],
])('what is wanted of %j reads %s', (expected, words) => {
  expect(wantedWords(expected)).toBe(words)
})

test('only what differs between two texts is marked', () => {
  expect(differingPart('"checkout-web"', '"checkout-api"')).toEqual(['"checkout-', 'web', '"'])
  expect(differingPart('"aa"', '"aaa"')).toEqual(['"aa', '', '"'])
  expect(differingPart('5', '')).toEqual(['', '5', ''])
})
