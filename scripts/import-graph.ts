/** The picture of the imports in docs/architecture.md: one box for each folder. */
import { execFileSync } from 'node:child_process'

const ENTRIES = 'entries'

interface Cruise {
  readonly modules: readonly {
    readonly source: string
    readonly dependencies: readonly { readonly resolved: string }[]
  }[]
}

/** The folder of a file; undefined for packages of Node and npm. */
function folderOf(path: string): string | undefined {
  const [top, folder, file] = path.split('/')
  if (top === 'schemas') return top
  if (top !== 'src' || folder === undefined) return undefined
  return file === undefined ? ENTRIES : folder
}

function readImports(): ReadonlyMap<string, ReadonlySet<string>> {
  const { modules }: Cruise = JSON.parse(
    execFileSync('depcruise', ['src', 'schemas', '--output-type', 'json'], { encoding: 'utf8', maxBuffer: 64e6 }),
  )
  const imports = new Map<string, Set<string>>()
  for (const { source, dependencies } of modules) {
    const from = folderOf(source)
    for (const { resolved } of dependencies) {
      const to = folderOf(resolved)
      if (from !== undefined && to !== undefined && from !== to && to !== ENTRIES)
        imports.set(from, (imports.get(from) ?? new Set()).add(to))
    }
  }
  return imports
}

/** Whether one folder reaches another through a third. */
function isImplied(imports: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const reaches = (folder: string): boolean => {
    const next = imports.get(folder)
    return next !== undefined && (next.has(to) || [...next].some(reaches))
  }
  return [...(imports.get(from) ?? [])].some(other => other !== to && reaches(other))
}

/** As Mermaid. An arrow that follows from others is left out, so that the picture can be read. */
export function importGraph(): string {
  const imports = readImports()
  const arrows = [...imports].flatMap(([from, targets]) =>
    [...targets].filter(to => !isImplied(imports, from, to)).map(to => `  ${from} --> ${to}`),
  )
  return ['```mermaid', 'flowchart TD', ...arrows.toSorted(), '```'].join('\n')
}
