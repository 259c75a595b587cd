/**
 * The worlds `job-1` and `job-1.copy` are one family. A load balancer chooses the server of a world
 * by its family, so a copy is found where the original is. A dot, because a balancer can cut a path
 * there without a regular expression.
 */
export function familyOf(id: string): string {
  return id.split('.', 1)[0] ?? id
}

export function isSameFamily(one: string, other: string): boolean {
  return familyOf(one) === familyOf(other)
}

/** An id in the family of a world. An id has one dot at most. */
export function idInFamilyOf(id: string, name: string): string {
  return `${familyOf(id)}.${name.replaceAll('.', '-')}`
}
