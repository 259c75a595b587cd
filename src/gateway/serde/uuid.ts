import { SerdeError } from './source.ts'

const HYPHENATED = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const UUID = new RegExp(`^(?:[0-9a-f]{32}|${HYPHENATED}|\\{${HYPHENATED}\\}|urn:uuid:${HYPHENATED})$`, 'i')

const GROUP_LENGTHS = [8, 4, 4, 4, 12]

/** The crate does not look into longer texts. */
const MAX_LENGTH = 45

/**
 * Reads a UUID in each form that Rust's uuid crate reads, and returns the hyphenated one. Throws a
 * SerdeError with the words of the crate.
 */
export function readUuid(text: string): string {
  if (!UUID.test(text)) throw new SerdeError(`UUID parsing failed: ${problemOf(text)}`)

  const digits = text.toLowerCase().replace(/^urn:uuid:|[{}-]/g, '')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function problemOf(text: string): string {
  const length = Buffer.byteLength(text)
  if (length === 0 || length > MAX_LENGTH) return `invalid length: found ${length}`

  const stranger = /[^0-9a-f-]/iu.exec(text)
  if (stranger) {
    const index = Buffer.byteLength(text.slice(0, stranger.index))
    return `invalid character: found \`${stranger[0]}\` at ${index}`
  }
  const groups = text.split('-')
  if (groups.length === 1) return `invalid length: found ${length}`
  return groups.length === GROUP_LENGTHS.length
    ? wrongGroup(groups)
    : `invalid group count: expected 5, found ${groups.length}`
}

function wrongGroup(groups: readonly string[]): string {
  const index = groups.findIndex((group, at) => group.length !== GROUP_LENGTHS[at])
  return `invalid group length in group ${index}: expected ${GROUP_LENGTHS[index]}, found ${groups[index]?.length}`
}
