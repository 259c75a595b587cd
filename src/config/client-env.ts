import { EXAMPLE_ACCOUNT } from '../../schemas/identifiers.ts'

/** With `--auth open` every token is valid. */
export const ANY_TOKEN = 'any-token'

/** With `--auth strict` no token is valid if the seed has none. */
const NO_TOKEN = 'one-of-your-seed'

export interface ClientTarget {
  /** The address of a server, without a slash at the end. */
  readonly url: string
  /** The base URL for clients; undefined: that of the main world. */
  readonly baseURL?: string | undefined
  readonly account_id?: string | undefined
  /** Null: no token is valid. */
  readonly token?: string | null | undefined
}

/**
 * The variables that point every client at a server, without a change to the program that uses the
 * client.
 */
export function environmentFor({
  url,
  baseURL = baseURLOf(url),
  account_id = EXAMPLE_ACCOUNT,
  token = ANY_TOKEN,
}: ClientTarget): Record<string, string> {
  return {
    // Client: the SDKs for TypeScript, Python and Go, and version 5 of the Terraform provider.
    CLOUDFLARE_BASE_URL: baseURL,
    // Client: wrangler.
    CLOUDFLARE_API_BASE_URL: baseURL,
    // Our guess: programs without an SDK often call it so.
    CLOUDFLARE_API_URL: baseURL,
    // Client: cloudflared.
    TUNNEL_API_URL: baseURL,
    CLOUDFLARE_ACCOUNT_ID: account_id,
    CLOUDFLARE_API_TOKEN: token ?? NO_TOKEN,
  }
}

/** The base URL for an SDK: that of a world, or of the main one. */
export function baseURLOf(url: string, world?: string): string {
  return `${url}${world === undefined ? '' : `/w/${world}`}/client/v4`
}
