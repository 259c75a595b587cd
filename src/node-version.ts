/** better-sqlite3 brings the process down on an older Node, so it must not even be loaded there. */
const OLDEST = [22, 12] as const

/** One clear line about a Node that is too old, or undefined. */
export const complaintAboutNode = (version: string): string | undefined => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return undefined

  return `mockflared needs Node ${OLDEST.join('.')} or newer; this is Node ${version}`
}
