import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { isTree, type Tree } from '../../src/http/openapi-models.ts'
import { operationsOf } from './operations.ts'

/**
 * An OpenAPI 3 description from a file or a URL, as JSON or YAML: Cloudflare publishes both. Throws an Error whose message
 * is one clear line.
 */
export async function readDescription(source: string): Promise<Tree> {
  const document = parsed(await textOf(source), source)
  if (!isTree(document) || !isTree(document.paths) || !String(document.openapi).startsWith('3.')) {
    throw new Error(`${source} is no OpenAPI 3 description`)
  }
  if (operationsOf(document).size === 0) throw new Error(`${source} has no operation on tunnels`)
  return document
}

function textOf(source: string): Promise<string> {
  return /^https?:/.test(source) ? fetched(source) : readFile(source, 'utf8').catch(because(`${source} cannot be read`))
}

async function fetched(url: string): Promise<string> {
  const response = await fetch(url).catch(because(`${url} cannot be reached`))
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.text()
}

function because(what: string) {
  return (cause: Error): never => {
    throw new Error(`${what}: ${cause.cause instanceof Error ? cause.cause.message : cause.message}`)
  }
}

/** The whole of Cloudflare's description has some megabytes, which JSON.parse reads at once and a YAML parser does not. */
function parsed(text: string, source: string): unknown {
  try {
    return /^\s*\{/.test(text) ? JSON.parse(text) : parse(text)
  } catch (error) {
    const [line = ''] = String(error instanceof Error ? error.message : error).split('\n')
    throw new Error(`${source} is neither JSON nor YAML: ${line}`)
  }
}
