/** Projects of a user, in temporary folders, with the packages of `test/clients`. */
import { cpSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { temporaryFolder } from '../temporary.ts'

/** Copies a folder to a temporary one, where its programs find the packages. */
export function projectFrom(source: string): string {
  const project = temporaryFolder()
  cpSync(source, project, { recursive: true })
  symlinkSync(resolve('test/clients/node_modules'), join(project, 'node_modules'))
  return project
}
