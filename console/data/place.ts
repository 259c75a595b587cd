/** Where the page is: the path of its URL says which world it shows. */
const parts = /^(.*?)(?:\/w\/([^/]+))?\/_mockflared\/console\/?/.exec(location.pathname)

/** The URL of the server, without a slash at the end. */
export const server = `${location.origin}${parts?.[1] ?? ''}`

/** The id of the world; undefined: the main world. */
export const world = parts?.[2] === undefined ? undefined : decodeURIComponent(parts[2])

export const worldName = world ?? 'main'

/** The URL of the console of a world. */
export function consoleUrl(id: string, hash = ''): string {
  return `${server}${id === 'main' ? '' : `/w/${encodeURIComponent(id)}`}/_mockflared/console/${hash}`
}

/** The URL of the control plane of this world. */
export const controlUrl = `${server}${world === undefined ? '' : `/w/${encodeURIComponent(world)}`}/_mockflared`
