/** Where the facts about Access come from. */
export const RECORDINGS = 'cf-terraforming recordings of 2025'
export const REFERENCE = "Cloudflare's API reference of Access"
