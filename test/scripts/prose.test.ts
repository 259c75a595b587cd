import { describe, expect, it } from 'vitest'
import { problemsIn } from '../../scripts/prose/problems.ts'
import { textsInCode } from '../../scripts/prose/texts.ts'

const LONG = `${'a '.repeat(26)}sentence.`

describe('problemsIn', () => {
  it.each([
    ['Whoever asks', ['1:1: "Whoever": use you']],
    ['The service\nshall stop.', ['2:1: "shall": use must']],
    ['## The journal', ['1:8: "journal": use request log']],
    ['| the answer | is |\n| --- | --- |\n| no | seed |', ['1:3: "the answer": use response']],
    [LONG, ['1:1: sentence of 27 words: use at most 25']],
  ])('of %j are its words and long sentences', async (text, problems) => {
    expect(await problemsIn(text)).toEqual(problems)
  })

  it.each([
    ['code', 'the key `shall`, `--journal-size` and [a link](journal.md)'],
    ['a block of code', '```sh\nwhoever\n```'],
    ['a generated part', '<!-- options -->\nwhoever shall\n<!-- /options -->'],
    ['a list after a colon', `${'a '.repeat(20)}: ${'b '.repeat(20)}`],
    ['a test double', 'mockflared is a test double'],
  ])('are none in %s', async (_what, text) => {
    expect(await problemsIn(text)).toEqual([])
  })
})

describe('textsInCode', () => {
  it('finds statements, sources, summaries and descriptions, and no text of Cloudflare', async () => {
    const texts = await textsInCode()

    expect(texts).toContainEqual({ place: 'operations.getState.summary', text: 'Export the state' })
    expect(texts).toContainEqual({ place: 'evidence.messages_empty.statement', text: '`messages` is always empty.' })
    expect(texts.filter(({ place }) => /openapi\.json.*description$/.test(place)).length).toBeGreaterThan(100)
    expect(texts.filter(({ text }) => text.includes('Tunnel not found'))).toEqual([])
  })
})
