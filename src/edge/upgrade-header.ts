/** Tells cloudflared what a stream is for. Visitors must never be able to send it. */
export const UPGRADE_HEADER = 'cf-cloudflared-proxy-connection-upgrade'
