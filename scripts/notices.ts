/** The notices that the licences of what we bundle ask to be kept. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What was copied into `console/` and comes from no installed package. */
const COPIES = [
  ['lucide, the paths of icons (ISC)', 'console/parts/LUCIDE-LICENSE.txt'],
  ['Inter, a subset of the font (OFL-1.1)', 'console/font/OFL.txt'],
] as const

/** One text for the packages of these files, and for what the console contains of others. */
export function noticesOf(files: readonly string[]): string {
  const ofCopies = COPIES.map(([name, file]) => [`${name}\n`, textOf(file)].join('\n'))
  return [...packageNotices(files), ...ofCopies].join('\n---\n\n')
}

/** The name and the licence of each package that has one of these files. */
export function packageNotices(files: readonly string[]): string[] {
  const folders = files.flatMap(file => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [])
  return [...new Set(folders)].toSorted().map(noticeOf)
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const texts = readdirSync(folder)
    .filter(file => /^(licen[cs]e|notice)/i.test(file))
    .map(file => textOf(join(folder, file)))
  return [`${name} ${version} (${license})\n`, ...texts].join('\n')
}

function textOf(file: string): string {
  return `${readFileSync(file, 'utf8').trim()}\n`
}
