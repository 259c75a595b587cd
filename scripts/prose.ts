/** Checks the words and the length of the sentences in everything that people read. */
import { globSync, readFileSync } from 'node:fs'
import { exit, stderr } from 'node:process'
import { problemsIn } from './prose/problems.ts'
import { textsInCode } from './prose/texts.ts'

const PAGES = ['*.md', 'llms.txt', 'docs/*.md', 'contrib/*/README.md', 'examples/**/*.md', 'bench/{README,soak}.md']

const pages = globSync(PAGES).map(page => ({ place: page, text: readFileSync(page, 'utf8') }))
const texts = [...pages, ...(await textsInCode())]
const found = await Promise.all(
  texts.map(async ({ place, text }) => (await problemsIn(text)).map(problem => `${place}:${problem}\n`)),
)
const problems = found.flat()
stderr.write(problems.join(''))
exit(problems.length > 0 ? 1 : 0)
