import { expect, test } from 'vitest'
import { allFolds, linesOf, piecesOf, startFolds } from '../../console/parts/json-lines.ts'

const BODY = { name: 'blog', tags: [], config: { ingress: [{ service: 'http://x:1' }] } }

test('each key of an object is one line with its path', () => {
  expect(linesOf(BODY, 'body', new Set()).map(({ path, text, kind }) => [path, text, kind])).toEqual([
    ['body', '{', 'open'],
    ['body.name', '"blog"', 'value'],
    ['body.tags', '[]', 'value'],
    ['body.config', '{', 'open'],
    ['body.config.ingress', '[', 'open'],
    ['body.config.ingress[0]', '{', 'open'],
    ['body.config.ingress[0].service', '"http://x:1"', 'value'],
    ['body.config.ingress[0]', '}', 'close'],
    ['body.config.ingress', ']', 'close'],
    ['body.config', '}', 'close'],
    ['body', '}', 'close'],
  ])
})

test('a folded value is one line that counts what it hides', () => {
  const lines = linesOf(BODY, 'body', new Set(['body.config']))

  expect(lines.find(({ kind }) => kind === 'folded')).toEqual({
    path: 'body.config',
    key: 'config',
    depth: 1,
    kind: 'folded',
    hasNext: false,
    text: '{ 1 key }',
  })
  expect(lines).toHaveLength(5)
})

test('everything but the root can be folded', () => {
  expect([...allFolds(BODY, 'body')]).toEqual(['body.config', 'body.config.ingress', 'body.config.ingress[0]'])
})

test('a long value starts with its deeper parts folded, and a short one open', () => {
  const long = { result: Array.from({ length: 60 }, (_, id) => ({ id })) }

  expect(startFolds(BODY, 'body')).toEqual(new Set())
  expect(startFolds(long, 'answer').size).toBe(60)
  expect(linesOf(long, 'answer', startFolds(long, 'answer'))).toHaveLength(64)
})

test('a text is cut where the sought text is, in any case and with any sign', () => {
  expect(piecesOf('"Blog [1] blog"', 'blog')).toEqual([
    { text: '"', isHit: false },
    { text: 'Blog', isHit: true },
    { text: ' [1] ', isHit: false },
    { text: 'blog', isHit: true },
    { text: '"', isHit: false },
  ])
  expect(piecesOf('a[0]', '[0')).toEqual([
    { text: 'a', isHit: false },
    { text: '[0', isHit: true },
    { text: ']', isHit: false },
  ])
})
