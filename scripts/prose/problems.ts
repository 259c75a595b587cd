import { TextlintKernel } from '@textlint/kernel'
import { MarkdownProcessor } from '@textlint/textlint-plugin-markdown/lib/src/MarkdownProcessor.js'
import { PROSE } from './rule.ts'

const kernel = new TextlintKernel()

/** The parts that scripts/docs.ts writes. Their texts are checked at their source. */
const GENERATED = /<!-- (\w+) -->\n.*?<!-- \/\1 -->/gs

/** The problems of a Markdown text, each with its line and column. */
export async function problemsIn(text: string): Promise<string[]> {
  const written = text.replaceAll(GENERATED, part => part.replaceAll(/[^\n]/g, ''))
  const { messages } = await kernel.lintText(written, {
    ext: '.md',
    plugins: [{ pluginId: 'markdown', plugin: { Processor: MarkdownProcessor } }],
    rules: [{ ruleId: 'prose', rule: PROSE }],
  })
  return messages.map(({ loc, message }) => `${loc.start.line}:${loc.start.column}: ${message}`)
}
