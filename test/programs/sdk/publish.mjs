// Publishes a hostname through a tunnel, moves it and takes it down, by the SDK for TypeScript that
// the first argument names. Prints what publishing.ts expects.
import { argv, env, stdout } from 'node:process'

const { default: Cloudflare } = await import(argv[2])
const client = new Cloudflare()
const records = client.dns.records
const account_id = env.CLOUDFLARE_ACCOUNT_ID
const tunnels = client.zeroTrust.tunnels.cloudflared

async function all(pages) {
  const found = []
  for await (const item of pages) found.push(item)
  return found
}

const [zone] = await all(client.zones.list({ name: 'example.com' }))
const zone_id = zone.id
const tunnel = await tunnels.create({ account_id, name: 'blog', config_src: 'cloudflare' })
const content = `${tunnel.id}.cfargotunnel.com`
const ingress = [{ hostname: 'blog.example.com', service: 'http://localhost:8080' }, { service: 'http_status:404' }]
const configured = await tunnels.configurations.update(tunnel.id, { account_id, config: { ingress } })
const created = await records.create({ zone_id, type: 'CNAME', name: 'blog', content, proxied: true, ttl: 1 })
const conflict = await records
  .create({ zone_id, type: 'A', name: 'blog', content: '203.0.113.1', ttl: 1 })
  .catch(error => error.errors[0].code)
const edited = await records.edit(created.id, { ...created, zone_id, comment: 'of the blog' })
const updated = await records.update(created.id, {
  zone_id,
  type: 'CNAME',
  name: 'www',
  content,
  proxied: true,
  ttl: 1,
})
const listed = await all(records.list({ zone_id, type: 'CNAME' }))
const deleted = await records.delete(created.id, { zone_id })
const left = await all(records.list({ zone_id }))
const closed = await tunnels.delete(tunnel.id, { account_id })

stdout.write(
  JSON.stringify({
    zone: zone.status,
    configured: configured.version,
    created: created.name,
    conflict,
    edited: edited.comment,
    updated: updated.id === created.id,
    listed: listed.map(({ name }) => name),
    deleted: deleted.id === created.id,
    left: left.length,
    closed: closed.deleted_at !== null,
  }),
)
