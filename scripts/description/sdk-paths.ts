/** The operations of Cloudflare's API, read from the sources of the official SDK. */
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type PathTree, parameterOf } from '../../src/gateway/cloudflare-paths.ts'

export interface Operation {
  readonly method: string
  /** Parameters are in braces: `/zones/{zone_id}/settings`. */
  readonly path: string
}

/** A call with its path, a template or a string. A call ends at the end of its statement. */
const CALL = /_client\.(get|post|put|patch|delete|getAPIList)\(\s*(?:path\s*)?([`'])([^`']*)\2([^;]*)/g

/** A list is a GET, unless the call says otherwise. */
const METHOD = /\bmethod: '(\w+)'/

/** Some operations exist for accounts and for zones; the SDK has one call for both. */
const SCOPE = /^\/\$\{accountOrZone\}\/\$\{accountOrZoneId\}/
const SCOPES = ['/accounts/{account_id}', '/zones/{zone_id}']

export function operationsOfSdk(): readonly Operation[] {
  const folder = join(dirname(createRequire(import.meta.url).resolve('cloudflare')), 'resources')
  return globSync('**/*.mjs', { cwd: folder }).flatMap(file => operationsIn(readFileSync(join(folder, file), 'utf8')))
}

/** Throws an Error for a call that this cannot read, so that no operation is lost. */
export function operationsIn(source: string): readonly Operation[] {
  const calls = [...source.matchAll(CALL)]
  const missing = source.split('_client.').length - 1 - calls.length
  if (missing > 0) throw new Error(`${missing} calls of the SDK have a form that is not known`)

  return calls.flatMap(([, call = '', , template = '', rest = '']) => {
    const method = (METHOD.exec(rest)?.[1] ?? (call === 'getAPIList' ? 'get' : call)).toUpperCase()
    const scoped = SCOPE.test(template) ? SCOPES.map(scope => template.replace(SCOPE, scope)) : [template]
    return scoped.map(path => ({
      method,
      path: path.replaceAll(/\$\{(\w+)\}/g, (_all, name) => `{${snakeCase(name)}}`),
    }))
  })
}

/** `settingID` becomes `setting_id`, as parameters of the query are written. */
function snakeCase(name: string): string {
  return name.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase()
}

/** All parameters at one place get one name, the first of the alphabet. */
export function treeOf(operations: readonly Operation[]): PathTree {
  const root: MutableTree = {}
  const ordered = operations.toSorted((a, b) => compare(a.path, b.path) || compare(a.method, b.method))
  for (const { method, path } of ordered) [...path.split('/').slice(1), method].reduce(childOf, root)
  return root
}

interface MutableTree {
  [segment: string]: MutableTree
}

function childOf(node: MutableTree, segment: string): MutableTree {
  const name = segment.startsWith('{') ? (parameterOf(node) ?? segment) : segment
  const child = node[name] ?? {}
  node[name] = child
  return child
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/** A line for each segment, with the methods that follow it. */
export function textOf(tree: PathTree): string {
  return `${JSON.stringify(tree).replaceAll(/,(?="(?![A-Z]+"))/g, ',\n')}\n`
}
