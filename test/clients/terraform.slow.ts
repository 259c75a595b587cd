/**
 * Cloudflare's Terraform provider, if TERRAFORM_PROVIDER_CLOUDFLARE_DIR names the folder of its
 * binary. It creates, plans, changes and destroys a tunnel with its configuration, a DNS record and a
 * route of a private network.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { run } from '../support/clients/child.ts'
import { expectNothingLeft, inventory } from '../support/clients/world.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { temporaryFolder } from '../support/temporary.ts'

/** The zone of an emulator without a seed. */
const ZONE = '023e105f4ecef8ad9ca31a8372d0c353'

const PROVIDER = env.TERRAFORM_PROVIDER_CLOUDFLARE_DIR ?? ''

async function reasonToSkip(): Promise<string> {
  if (PROVIDER === '') return 'TERRAFORM_PROVIDER_CLOUDFLARE_DIR names no folder'
  return (await run('terraform', ['version'])).code === 0 ? '' : 'there is no terraform'
}

const skipReason = await reasonToSkip()

/** Takes the provider from its folder, so that Terraform installs nothing. */
const SETTINGS = `provider_installation {
  dev_overrides { "cloudflare/cloudflare" = "${PROVIDER}" }
  direct {}
}`

function resources(name: string, hostname: string): string {
  return `
terraform {
  required_providers {
    cloudflare = { source = "cloudflare/cloudflare" }
  }
}

resource "cloudflare_zero_trust_tunnel_cloudflared" "blog" {
  account_id = "${ACCOUNT}"
  name       = "${name}"
  config_src = "cloudflare"
}

resource "cloudflare_zero_trust_tunnel_cloudflared_config" "blog" {
  account_id = "${ACCOUNT}"
  tunnel_id  = cloudflare_zero_trust_tunnel_cloudflared.blog.id
  config = {
    ingress = [
      { hostname = "${hostname}", service = "http://localhost:8080", origin_request = { connect_timeout = 10 } },
      { service = "http_status:404" },
    ]
  }
}

resource "cloudflare_dns_record" "blog" {
  zone_id = "${ZONE}"
  type    = "CNAME"
  name    = "${hostname}"
  content = "\${cloudflare_zero_trust_tunnel_cloudflared.blog.id}.cfargotunnel.com"
  proxied = true
  ttl     = 1
}

resource "cloudflare_zero_trust_tunnel_cloudflared_virtual_network" "staff" {
  account_id = "${ACCOUNT}"
  name       = "${name}"
}

resource "cloudflare_zero_trust_tunnel_cloudflared_route" "office" {
  account_id         = "${ACCOUNT}"
  network            = "10.0.0.0/8"
  tunnel_id          = cloudflare_zero_trust_tunnel_cloudflared.blog.id
  virtual_network_id = cloudflare_zero_trust_tunnel_cloudflared_virtual_network.staff.id
  comment            = "${name}"
}
`
}

async function start() {
  const emulator = await createEmulator({ port: 0 })
  onTestFinished(() => emulator.close())
  const project = temporaryFolder()

  const settings = join(project, 'settings.tfrc')
  writeFileSync(settings, SETTINGS)
  const variables = {
    TF_CLI_CONFIG_FILE: settings,
    CHECKPOINT_DISABLE: 'true',
    CLOUDFLARE_BASE_URL: emulator.baseURL,
    CLOUDFLARE_API_TOKEN: 'any-token-of-forty-letters-or-digits-000',
  }
  return {
    control: emulator.control,
    write: (...args: Parameters<typeof resources>) => writeFileSync(join(project, 'main.tf'), resources(...args)),
    terraform: (...args: readonly string[]) =>
      run('terraform', [...args, '-no-color', '-input=false'], { env: variables, cwd: project }),
  }
}

/** The outcome of `plan -detailed-exitcode` without changes. */
const NO_CHANGES = { code: 0, output: expect.stringContaining('No changes.') }

describe.skipIf(skipReason)(`${skipReason && `SKIPPED: ${skipReason}: `}the Terraform provider`, () => {
  it('creates a tunnel and what leads to it, plans no changes, then changes and destroys all of it', async () => {
    const { control, terraform, write } = await start()
    const before = await inventory(control)
    const tunnels = async () => (await control.getState()).tunnels ?? []

    write('blog', 'blog.example.com')
    expect(await terraform('apply', '-auto-approve')).toMatchObject({
      code: 0,
      output: expect.stringContaining('5 added'),
    })
    expect(await terraform('plan', '-detailed-exitcode')).toMatchObject(NO_CHANGES)

    write('blog-eu', 'eu.example.com')
    expect(await terraform('apply', '-auto-approve')).toMatchObject({
      code: 0,
      output: expect.stringContaining('5 changed'),
    })
    expect(await terraform('plan', '-detailed-exitcode')).toMatchObject(NO_CHANGES)
    expect(await tunnels()).toMatchObject([{ name: 'blog-eu', configurations: { length: 2 } }])

    expect(await terraform('destroy', '-auto-approve')).toMatchObject({ code: 0 })
    expect(await tunnels()).toMatchObject([{ name: 'blog-eu', deleted_at: expect.any(String) }])
    await expectNothingLeft(control, before)
  })
})
