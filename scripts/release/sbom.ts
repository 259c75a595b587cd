/**
 * Prints the SBOM of what we ship, in CycloneDX: npm's SBOM of everything installed, without the
 * packages that only development needs. The bundle contains packages that package.json names as
 * dependencies of development, so its notices say which ones it has.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { stdout } from 'node:process'

interface Sbom {
  readonly metadata: { readonly component: { readonly 'bom-ref': string; name: string } }
  readonly components: readonly { readonly 'bom-ref': string }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

const notices = readFileSync('release/THIRD-PARTY.txt', 'utf8')
const shipped = new Set(
  [...notices.matchAll(/^(\S+) (\d\S*) \(.*\)$/gm)].map(([, name, version]) => `${name}@${version}`),
)

const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], { maxBuffer: 2 ** 28 })
const all: Sbom = JSON.parse(text.toString())
const own = all.metadata.component['bom-ref']
// npm takes the name of the folder.
all.metadata.component.name = 'mockflared'

const components = all.components.filter(component => shipped.has(component['bom-ref']))
if (components.length !== shipped.size) {
  const missing = [...shipped].filter(one => !components.some(component => component['bom-ref'] === one))
  throw new Error(`npm's SBOM does not have ${missing.join(', ')}`)
}
const dependencies = all.dependencies
  .filter(({ ref }) => ref === own || shipped.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(one => shipped.has(one)) }))
stdout.write(`${JSON.stringify({ ...all, components, dependencies }, undefined, 2)}\n`)
