/**
 * better-sqlite3 crashes the process on an older Node (measured: 22.13.1 crashes, 22.14.0 does
 * not): do not load it there.
 */
const MINIMUM_VERSION = [22, 14] as const

/** The message for a Node that is too old, in one line; undefined for one that is supported. */
export function unsupportedNodeMessage(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [minimumMajor, minimumMinor] = MINIMUM_VERSION
  if (major > minimumMajor || (major === minimumMajor && minor >= minimumMinor)) return undefined

  return `mockflared needs Node ${MINIMUM_VERSION.join('.')} or newer; this is Node ${version}`
}
