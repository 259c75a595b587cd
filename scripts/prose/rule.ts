import type { TextlintKernelRule } from '@textlint/kernel'
import { WORDS } from './words.ts'

const MAX_WORDS = 25

/** A list or a second clause after a colon or a semicolon counts on its own. */
const SENTENCE = /\S.*?(?:[.!?:;](?= |$)|$)/g

const words = WORDS.map(([pattern, instead]) => ({
  pattern: new RegExp(`(?<![\\w./-])(?:${pattern})(?![\\w/-])`, 'gi'),
  instead,
}))

/** Code and addresses of links, which may have any words; code counts as one word. */
const NOT_PROSE = /`[^`]+`|\]\([^)]*\)/g

/** Reports the words of words.ts, and sentences that are too long. */
export const PROSE: TextlintKernelRule['rule'] = ({ Syntax, RuleError, report, getSource }) => {
  const check = (node: Parameters<typeof report>[0]): void => {
    const text = getSource(node)
      .replaceAll(NOT_PROSE, part => 'X'.repeat(part.length))
      .replaceAll('\n', ' ')
    for (const { pattern, instead } of words) {
      for (const { 0: found, index } of text.matchAll(pattern)) {
        report(node, new RuleError(`"${found}": use ${instead}`, { index }))
      }
    }
    for (const { 0: sentence, index } of text.matchAll(SENTENCE)) {
      const count = sentence.match(/[\w’'.-]*\w/g)?.length ?? 0
      if (count > MAX_WORDS)
        report(node, new RuleError(`sentence of ${count} words: use at most ${MAX_WORDS}`, { index }))
    }
  }
  return { [Syntax.Header]: check, [Syntax.Paragraph]: check, [Syntax.TableCell]: check }
}
