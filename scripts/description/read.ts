import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { isObject } from '../../schemas/is-object.ts'
import type { OpenApiObject } from '../../src/http/openapi-models.ts'
import { operationsOf } from './operations.ts'

/**
 * Reads an OpenAPI 3 description from a file or a URL, as JSON or YAML, because Cloudflare
 * publishes both. Throws an Error with a message of one line.
 */
export async function readDescription(source: string): Promise<OpenApiObject> {
  const document = parseText(await readText(source), source)
  if (!isObject(document) || !isObject(document.paths) || !String(document.openapi).startsWith('3.')) {
    throw new Error(`${source} is no OpenAPI 3 description`)
  }
  if (operationsOf(document).size === 0) throw new Error(`${source} has no operation on tunnels`)
  return document
}

function readText(source: string): Promise<string> {
  return /^https?:/.test(source)
    ? fetchText(source)
    : readFile(source, 'utf8').catch(rethrowAs(`${source} cannot be read`))
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url).catch(rethrowAs(`${url} cannot be reached`))
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.text()
}

function rethrowAs(what: string) {
  return (cause: Error): never => {
    throw new Error(`${what}: ${cause.cause instanceof Error ? cause.cause.message : cause.message}`)
  }
}

/**
 * JSON is parsed as JSON: Cloudflare's whole description has megabytes, and a YAML parser is slow.
 */
function parseText(text: string, source: string): unknown {
  try {
    return /^\s*\{/.test(text) ? JSON.parse(text) : parse(text)
  } catch (error) {
    const [line = ''] = String(error instanceof Error ? error.message : error).split('\n')
    throw new Error(`${source} is neither JSON nor YAML: ${line}`)
  }
}
