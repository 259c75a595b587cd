/** The operations of Cloudflare's API, emulated or not. */
import { readPackageFileSync } from '../config/runtime-files.ts'

/** By segment of the path; the method is the last segment. Parameters are in braces. */
export interface PathTree {
  readonly [segment: string]: PathTree
}

/** As the official SDK calls them: `npm run api-paths` writes the file. */
const FILE = 'cloudflare-paths.json'

/** Loaded for the first request without a route. */
let known: PathTree | undefined

/** The operation of Cloudflare that a request asks for, such as `GET /zones/{zone_id}/settings`. */
export function cloudflareOperation(method: string, path: string): string | undefined {
  known ??= JSON.parse(readPackageFileSync('fixtures', FILE).toString()) as PathTree
  const segments = find(known, [...path.split('/').slice(1), method])
  return segments && `${method} /${segments.slice(0, -1).join('/')}`
}

/** The segments as the tree names them. A name goes before a parameter. */
function find(tree: PathTree, [segment, ...rest]: readonly string[]): readonly string[] | undefined {
  if (segment === undefined) return Object.keys(tree).length === 0 ? [] : undefined

  const names = [segment, segment && parameterOf(tree)].filter(name => name !== undefined)
  for (const name of names) {
    const child = Object.hasOwn(tree, name) ? tree[name] : undefined
    const found = child && find(child, rest)
    if (found) return [name, ...found]
  }
  return undefined
}

export function parameterOf(tree: PathTree): string | undefined {
  return Object.keys(tree).find(name => name.startsWith('{'))
}
