/** The base URL of the real service. */
export const REAL_URL = 'https://api.cloudflare.com/client/v4'

export function isReal(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && /(^|\.)cloudflare\.com$/.test(new URL(url).hostname)
}
