/** Operation ids of Cloudflare's description repeat the name of their product. */
const PRODUCTS =
  /^(cloudflare-tunnel-configuration|cloudflare-tunnel|tunnel-route|tunnel-virtual-network|zero-trust-networks|dns-records-for-a-zone|zones?|access-applications|access-policies)-/

/** Such as “create a cloudflare tunnel” of `cloudflare-tunnel-create-a-cloudflare-tunnel`. */
export function operationWords(operation: string): string {
  return operation.replace(PRODUCTS, '').replaceAll(/[-_]/g, ' ')
}
