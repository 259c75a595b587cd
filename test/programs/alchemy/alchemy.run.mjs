// Publishes the hostname of the environment through a tunnel, for some people only; with --destroy,
// takes all of it down.
import { env } from 'node:process'
import alchemy from 'alchemy'
import { AccessApplication, AccessPolicy, AccessServiceToken, Tunnel } from 'alchemy/cloudflare'

const app = await alchemy('blog')
const hostname = env.BLOG_HOSTNAME
await Tunnel('blog', {
  name: 'blog',
  ingress: [{ hostname, service: 'http://localhost:8080' }, { service: 'http_status:404' }],
})
const token = await AccessServiceToken('robot', { name: 'robot' })
const staff = await AccessPolicy('staff', {
  name: 'staff',
  decision: 'allow',
  include: [{ email_domain: { domain: 'example.com' } }, { service_token: { token_id: token } }],
})
await AccessApplication('access', { type: 'self_hosted', name: 'blog', domain: hostname, policies: [staff] })
await app.finalize()
