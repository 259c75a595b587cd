/** Catalogue, code and tests name the same behaviours, and responses report uncertain ones. */
import { describe, expect, it } from 'vitest'
import { EDGE_PRODUCTS } from '../../src/edge/products.ts'
import { blocksIn, mentionsIn, sourcesIn } from '../support/evidence-sources.ts'

const DATA =
  /^src\/(evidence\/(?!dated)|edge\/evidence\.ts|gateway\/(errors|evidence)\.ts|resources\/[\w/-]+\/((list-)?evidence|errors)\.ts)|^schemas\/(control\/)?evidence\.ts/

const code = sourcesIn('src', 'schemas').filter(({ path }) => !DATA.test(path))
const tests = sourcesIn('test').filter(({ path }) => path.endsWith('.test.ts'))
const tested = new Set(tests.flatMap(({ text }) => blocksIn(text)).flatMap(({ tags }) => tags))
const { behaviours: BEHAVIOURS } = EDGE_PRODUCTS.catalogueOf([])

const ids = [...BEHAVIOURS.keys()]

/** Errors have no operations: routes declare them. */
function isError(id: string): boolean {
  return BEHAVIOURS.get(id)?.operations === undefined
}

const handlers = sourcesIn('src/gateway', 'src/resources').filter(({ path }) => !DATA.test(path))

/** Whether a response can report the behaviour. */
function isReported(id: string): boolean {
  const { usedIn, usedInError, isNoted } = BEHAVIOURS.get(id) ?? {}
  return (
    isError(id) || usedIn !== undefined || usedInError !== undefined || isNoted === true || id.startsWith('filter_')
  )
}

describe('a behaviour', () => {
  it.each(ids.filter(id => !isError(id)))('%s has a test', id => {
    expect(tested).toContain(id)
  })

  it.each(ids.filter(id => !isError(id)))('%s is named in a comment of the code', id => {
    expect(code.flatMap(({ text }) => mentionsIn(text)).map(mention => mention.id)).toContain(id)
  })

  it.each([...BEHAVIOURS].filter(([, { evidence }]) => ['inferred', 'assumed'].includes(evidence)))(
    '%s is reported in a response, or has a reason why not',
    (id, { unobservable }) => {
      expect(isReported(id)).toBe(unobservable === undefined)
    },
  )
})

describe('a behaviour that handlers note', () => {
  it.each([...BEHAVIOURS].filter(([, { isNoted }]) => isNoted))('%s is noted by a handler', id => {
    expect(handlers.some(({ text }) => text.includes(`'${id}'`))).toBe(true)
  })
})

describe('an evidence label in the code', () => {
  it.each(code.filter(({ text }) => mentionsIn(text).length > 0))(
    'in $path equals the label in the catalogue',
    ({ text }) => {
      for (const { label, id } of mentionsIn(text)) expect([id, BEHAVIOURS.get(id)?.evidence]).toEqual([id, label])
    },
  )

  it.each(code)('in $path has the id of a behaviour', ({ text }) => {
    const rest = text.replaceAll(/\((recorded|documented|client|inferred|assumed):[\s*]+\w+\)/g, '')
    const comments = rest.match(/\/\*\*[\s\S]*?\*\/|\/\/.*$/gm) ?? []
    expect(
      comments.filter(comment =>
        /\b(assumed|inferred)\b|\((recorded|documented|client)\b|\b(Recorded|Documented|Inferred|Assumed)\b/.test(
          comment,
        ),
      ),
    ).toEqual([])
  })
})

describe('a test of the API', () => {
  const files = tests.filter(
    ({ path }) => path.startsWith('test/resources/') && !/(rules|store|explain|ledger|resource)\.test\.ts$/.test(path),
  )

  it.each(files)('in $path names the behaviour that it tests', ({ text }) => {
    const nameless = blocksIn(text).filter(({ depth, tags }) => depth === 1 && tags.length === 0)
    expect(nameless).toEqual([])
  })

  it('names only behaviours in the catalogue', () => {
    expect([...tested].filter(id => !BEHAVIOURS.has(id))).toEqual([])
  })
})
