/** Whether each of the words that someone types is in one of the texts, in any case. */
export function hasWords(find: string, ...texts: readonly (string | null)[]): boolean {
  const text = texts.join(' ').toLowerCase()
  return find
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}
