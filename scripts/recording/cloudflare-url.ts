/** The base URL of Cloudflare's own API. */
export const CLOUDFLARE_URL = 'https://api.cloudflare.com/client/v4'

export function isCloudflare(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && /(^|\.)cloudflare\.com$/.test(new URL(url).hostname)
}
