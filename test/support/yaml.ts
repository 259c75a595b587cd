import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { parseAllDocuments } from 'yaml'

/** The documents of a YAML file, which must have no error. The caller knows their type. */
export function documentsIn<T>(file: string): T[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map(document => {
    expect(document.errors).toEqual([])
    return document.toJS()
  })
}
