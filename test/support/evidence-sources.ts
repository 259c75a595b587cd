/** What code and tests say of behaviours: labels in comments, ids as tags. */
import { readdirSync, readFileSync } from 'node:fs'
import { type CallExpression, type Expression, type Node, parseSync } from '@swc/core'

const ROOT = new URL('../../', import.meta.url)

export interface Source {
  /** From the root of the project. */
  readonly path: string
  readonly text: string
}

/** Every TypeScript file below these folders. */
export function sourcesIn(...folders: readonly string[]): readonly Source[] {
  return folders.flatMap(folder =>
    readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts') && !name.includes('node_modules'))
      .map(name => `${folder}/${name}`)
      .toSorted()
      .map(path => ({ path, text: readFileSync(new URL(path, ROOT), 'utf8') })),
  )
}

export interface Mention {
  readonly label: string
  readonly id: string
}

/** What stands in brackets: `(recorded: create_answer)`. A line may break after the colon. */
export function mentionsIn(text: string): readonly Mention[] {
  return [...text.matchAll(/\((recorded|documented|client|inferred|assumed):[\s*]+(\w+)\)/g)].map(
    ([, label = '', id = '']) => ({ label, id }),
  )
}

export interface Block {
  /** The titles around it, and its own. */
  readonly title: string
  readonly depth: number
  /** Its own tags and those of what is around it. */
  readonly tags: readonly string[]
}

/** Each `describe` and `it` of a test file, from its syntax. */
export function blocksIn(text: string): readonly Block[] {
  const blocks: Block[] = []
  const walk = (value: unknown, outer: Block): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, outer)
    if (!isNode(value)) return

    const block = value.type === 'CallExpression' ? blockOf(value as CallExpression, outer) : undefined
    if (block) blocks.push(block)
    for (const child of Object.values(value)) walk(child, block ?? outer)
  }
  walk(parseSync(text, { syntax: 'typescript' }).body, { title: '', depth: 0, tags: [] })
  return blocks
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null
}

function blockOf({ callee, arguments: args }: CallExpression, outer: Block): Block | undefined {
  const [title, options] = args.map(({ expression }) => expression)
  if (!['describe', 'it', 'test'].includes(nameOf(callee)) || title?.type !== 'StringLiteral') return undefined

  return {
    title: outer.title ? `${outer.title}: ${title.value}` : title.value,
    depth: outer.depth + 1,
    tags: [...outer.tags, ...tagsOf(options)],
  }
}

/** Of `it`, `it.each(rows)` and `describe.each<T>(rows)` the first word. */
function nameOf(callee: CallExpression['callee']): string {
  if (callee.type === 'Identifier') return callee.value
  if (callee.type === 'CallExpression') return nameOf(callee.callee)
  return callee.type === 'MemberExpression' ? nameOf(callee.object) : ''
}

function tagsOf(options: Expression | undefined): readonly string[] {
  if (options?.type !== 'ObjectExpression') return []

  return options.properties.flatMap(property => {
    const isTags =
      property.type === 'KeyValueProperty' && property.key.type === 'Identifier' && property.key.value === 'tags'
    if (!isTags || property.value.type !== 'ArrayExpression') return []
    return property.value.elements.flatMap(element =>
      element?.expression.type === 'StringLiteral' ? [element.expression.value] : [],
    )
  })
}
