/** The word that somebody probably meant: at most two letters differ. Undefined if none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const letters = lettersOf(word)
  const [best] = known
    .map(name => ({ name, distance: distanceBetween(letters, lettersOf(name)) }))
    .filter(({ name, distance }) => distance <= Math.min(2, Math.floor(name.length / 2)))
    .toSorted((one, other) => one.distance - other.distance)
  return best?.name
}

/** The same for `secret_min_bytes`, `secret-min-bytes` and `secretMinBytes`. */
function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '').slice(0, 64)
}

/** Levenshtein's distance: how many letters to add, remove or replace. */
function distanceBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...one].entries()) {
    const above = row
    row = [index + 1]
    for (const [column, wanted] of [...other].entries()) {
      const [diagonal = 0, up = 0, left = 0] = [above[column], above[column + 1], row[column]]
      row.push(Math.min(up + 1, left + 1, diagonal + (letter === wanted ? 0 : 1)))
    }
  }
  return row.at(-1) ?? 0
}
