// Lists the tunnels of an account with the official SDK, which finds mockflared by its variables.
import { env, stdout } from 'node:process'
import Cloudflare from 'cloudflare'

const account_id = env.CLOUDFLARE_ACCOUNT_ID ?? ''

for await (const { name, status, config_src, created_at } of new Cloudflare().zeroTrust.tunnels.cloudflared.list({
  account_id,
})) {
  stdout.write(`${name?.padEnd(20)} ${status?.padEnd(9)} ${config_src?.padEnd(11)} since ${created_at?.slice(0, 10)}\n`)
}
