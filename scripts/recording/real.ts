/** The base URL of the real service. */
export const REAL_URL = 'https://api.cloudflare.com/client/v4'

export const isReal = (url: string | undefined): boolean =>
  url !== undefined && URL.canParse(url) && /(^|\.)cloudflare\.com$/.test(new URL(url).hostname)
