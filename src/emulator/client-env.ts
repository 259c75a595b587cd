/** The example account of Cloudflare's documentation: what a program names that has no account of its own. */
const EXAMPLE_ACCOUNT = '699d98642c564d2e855e9661899b7252'

/** In mode `open` any token will do. */
const ANY_TOKEN = 'any-token'

export interface Whereabouts {
  /** Where a server is reached, without a slash at the end. */
  readonly url: string
  /** What its clients take as base URL; undefined: that of the main world. */
  readonly baseURL?: string | undefined
  readonly account_id?: string | undefined
  readonly token?: string | undefined
}

/** The variables that point every client at a server, without a change to the program that uses them. */
export function environmentFor({
  url,
  baseURL = baseURLOf(url),
  account_id = EXAMPLE_ACCOUNT,
  token = ANY_TOKEN,
}: Whereabouts): Record<string, string> {
  return {
    // Client: the SDKs for TypeScript, Python and Go, and version 5 of the Terraform provider.
    CLOUDFLARE_BASE_URL: baseURL,
    // Client: wrangler.
    CLOUDFLARE_API_BASE_URL: baseURL,
    // Our guess: what programs without an SDK often call it.
    CLOUDFLARE_API_URL: baseURL,
    // Client: cloudflared.
    TUNNEL_API_URL: baseURL,
    CLOUDFLARE_ACCOUNT_ID: account_id,
    CLOUDFLARE_API_TOKEN: token,
  }
}

/** What an SDK takes as its base URL: that of a world, or of the main one. */
export function baseURLOf(url: string, world?: string): string {
  return `${url}${world === undefined ? '' : `/w/${world}`}/client/v4`
}
