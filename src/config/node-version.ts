/** better-sqlite3 brings the process down on an older Node (measured: 22.13.1 crashes, 22.14.0 does not), so it must not be loaded. */
const OLDEST = [22, 14] as const

/** One clear line about a Node that is too old, or undefined. */
export function complaintAboutNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return undefined

  return `mockflared needs Node ${OLDEST.join('.')} or newer; this is Node ${version}`
}
