/** What a key that nothing read probably should have been. */

/** `unread` such as `body.nam`; `fields` as the coverage has them, such as `body.posts[].name`. */
export function likelyField(unread: string, fields: readonly string[]): string | undefined {
  const [parent, key] = split(unread.replaceAll(/\[\d+\]/g, '[]'))
  const near = fields
    .map(split)
    .filter(([where]) => where === parent)
    .map(([, name]) => ({ name, distance: distance(key.toLowerCase(), name.toLowerCase()) }))
    .filter(one => one.distance <= Math.max(1, Math.floor(one.name.length / 3)))
  return near.toSorted((a, b) => a.distance - b.distance)[0]?.name
}

function split(path: string): [parent: string, key: string] {
  const at = path.lastIndexOf('.')
  return [path.slice(0, Math.max(at, 0)), path.slice(at + 1)]
}

/** Letters to add, remove, change or swap with the next one. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)]
  const cell = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i += 1) {
    rows.push([i])
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1]
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      rows[i]?.push(
        Math.min(
          cell(i - 1, j) + 1,
          cell(i, j - 1) + 1,
          cell(i - 1, j - 1) + (isSame ? 0 : 1),
          isSwapped ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
  }
  return cell(a.length, b.length)
}
